export * from "../chaos/fleet-arbitrary.js";
