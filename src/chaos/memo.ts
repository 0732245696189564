/** Texts by key. A text follows from its key: whoever finds none works it out. */
export interface Memo {
  get(key: string): string | null;
  set(key: string, text: string): void;
}

/** A memo of one thread, with another one behind it that more of them may share. Full, it forgets all and goes on. */
export class LayeredMemo implements Memo {
  private readonly texts = new Map<string, string>();

  constructor(
    private readonly textsMax: number,
    private readonly behind: Memo | null,
  ) {}

  get(key: string): string | null {
    const own = this.texts.get(key);
    if (own !== undefined) return own;
    const text = this.behind?.get(key) ?? null;
    if (text !== null) this.keep(key, text);
    return text;
  }

  set(key: string, text: string): void {
    this.keep(key, text);
    this.behind?.set(key, text);
  }

  private keep(key: string, text: string): void {
    if (this.texts.size >= this.textsMax) this.texts.clear();
    this.texts.set(key, text);
  }
}
