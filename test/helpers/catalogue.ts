/** The built-in catalogue, as the command line puts it together. */
import { guardCatalogue } from "../../src/models/guards/catalogue.js";
import { boundsOf, propertyCatalogue } from "../../src/models/judging/catalogue.js";
import { managerModels } from "../../src/models/managers/catalogue.js";

export const catalogue = { managers: managerModels, guards: guardCatalogue };

export const known = {
  managers: managerModels.map((item) => item.name),
  guards: guardCatalogue.map((item) => item.name),
  properties: propertyCatalogue.map((item) => item.name),
  bounds: boundsOf(propertyCatalogue),
};
