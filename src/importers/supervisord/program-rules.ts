/** What supervisord 4.2 demands of the values of a program; anything else and it refuses the whole configuration. */

type Rule = (text: string) => string | null;

const integer: Rule = (text) => (/^\s*[-+]?\d+\s*$/.test(text) ? null : "a whole number");
const boolean: Rule = (text) =>
  ["yes", "true", "on", "1", "no", "false", "off", "0"].includes(text.toLowerCase()) ? null : "true or false";
const byteSize: Rule = (text) => (/^\s*\d+\s*(kb|mb|gb)?\s*$/i.test(text) ? null : "a size such as 50MB");
const octal: Rule = (text) => (/^\s*(0o)?[0-7]+\s*$/.test(text) ? null : "an octal number such as 022");
const integers: Rule = (text) =>
  text.split(",").every((part) => /^\s*\d+\s*$/.test(part)) ? null : "whole numbers with commas between";
const restart: Rule = (text) =>
  ["unexpected", "true", "false", "yes", "no", "on", "off", "1", "0"].includes(text.toLowerCase())
    ? null
    : "true, false or unexpected";
const signals = new Set(
  "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS".split(
    " ",
  ),
);
const signal: Rule = (text) =>
  /^\d+$/.test(text) || signals.has(text.toUpperCase().replace(/^SIG/, "")) ? null : "a signal such as TERM";

const rules: Readonly<Record<string, Rule>> = {
  numprocs: integer,
  numprocs_start: integer,
  priority: integer,
  startsecs: integer,
  startretries: integer,
  stopwaitsecs: integer,
  autostart: boolean,
  redirect_stderr: boolean,
  stopasgroup: boolean,
  killasgroup: boolean,
  stdout_events_enabled: boolean,
  stderr_events_enabled: boolean,
  stdout_syslog: boolean,
  stderr_syslog: boolean,
  autorestart: restart,
  exitcodes: integers,
  stopsignal: signal,
  umask: octal,
  stdout_logfile_maxbytes: byteSize,
  stderr_logfile_maxbytes: byteSize,
  stdout_capture_maxbytes: byteSize,
  stderr_capture_maxbytes: byteSize,
  stdout_logfile_backups: integer,
  stderr_logfile_backups: integer,
};

/** Options whose value is read; an unknown one is passed over in silence, even its % signs. */
export const readOptions: ReadonlySet<string> = new Set([
  ...Object.keys(rules),
  "command",
  "process_name",
  "user",
  "directory",
  "environment",
  "serverurl",
  "stdout_logfile",
  "stderr_logfile",
  "events",
  "buffer_size",
  "result_handler",
  "socket",
]);

/** No number or switch is longer; some of the patterns above take long on very long texts. */
const lengthMax = 10_000;

/** What would have been right; null: it is. */
export function wrongValue(option: string, text: string): string | null {
  const rule = rules[option];
  if (rule === undefined) return null;
  return text.length > lengthMax ? "a shorter value" : rule(text);
}
