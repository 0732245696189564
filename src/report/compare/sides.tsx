/** What both pages of comparisons begin with: the two files, what makes them less comparable, and what only one has. */
import { clip, oneLine, visible } from "../check/visible.js";

export interface Side {
  /** As it was named on the command line. */
  readonly file: string;
  readonly title: string;
  /** Seed, version and the like. */
  readonly about: string;
}

const textMax = 200;
export const shown = (text: string): string => clip(oneLine(visible(text)), textMax);

export function Sides({ before, after }: { before: Side; after: Side }) {
  return (
    <ul class="sides">
      {[["before", before] as const, ["after", after] as const].map(([word, { file, title, about }]) => (
        <li key={word}>
          <p class="soft">{word}</p>
          <p>
            <b>{shown(title)}</b>
          </p>
          <p>
            <code>{shown(file)}</code>
          </p>
          <p class="soft">{about}</p>
        </li>
      ))}
    </ul>
  );
}

export function Notes({ notes }: { notes: readonly string[] }) {
  return (
    <>
      {notes.map((note, k) => (
        <p key={k} class="note">
          {shown(note)}
        </p>
      ))}
    </>
  );
}

export function OneSided({ before, after }: { before: readonly string[]; after: readonly string[] }) {
  return (
    <>
      {(
        [
          ["before", before],
          ["after", after],
        ] as const
      ).map(([word, names]) =>
        names.length === 0 ? null : (
          <p key={word}>
            Only {word}: {names.map(shown).join(", ")}.
          </p>
        ),
      )}
    </>
  );
}
