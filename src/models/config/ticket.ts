/** The ledger of declared removals. It is written by the change process, so mutations of configuration never touch it. */
import { canonicalJson } from "../../base/json.js";
import type { Doc, Ticket } from "../managers/contract.js";

export const ticketDocument = (ticket: Ticket): Doc => ({
  id: `tickets/${ticket.id}.yaml`,
  version: 1,
  text: `${canonicalJson(ticket)}\n`,
});

export const isTicket = (doc: Doc): boolean => isTicketId(doc.id);

export const isTicketId = (id: string): boolean => id.startsWith("tickets/");

/** Reads a ticket document back. It was written by us, so it parses. */
export function readTicket(doc: Doc): Ticket {
  let ticket = tickets.get(doc);
  if (ticket === undefined) {
    ticket = JSON.parse(doc.text) as Ticket;
    tickets.set(doc, ticket);
  }
  return ticket;
}
const tickets = new WeakMap<Doc, Ticket>();
