/** 7464203 as 7,464,203; fractions are rounded. */
export const thousands = (value: number): string =>
  String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, ",");
