// What the programs say goes to files; the screen gets a calm summary.
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { relative } from 'node:path';
import { createInterface } from 'node:readline';

const LIMIT = 10 * 1024 * 1024;
const SUMMARY_EVERY = 30_000;

/** Moves a log of over 10 MB aside; one old one is kept. */
export function rotate(file) {
  if (existsSync(file) && statSync(file).size > LIMIT) renameSync(file, `${file}.1`);
}

/** A log file that keeps to 10 MB, and one old one, while it is written. */
class LogFile {
  constructor(file) {
    this.file = file;
    this.open();
  }

  open() {
    rotate(this.file);
    this.descriptor = openSync(this.file, 'a', 0o600);
    this.size = statSync(this.file).size;
  }

  write(line) {
    this.size += writeSync(this.descriptor, `${line}\n`);
    if (this.size <= LIMIT) return;
    closeSync(this.descriptor);
    this.open();
  }
}

/** `{ error, text }` if a line of a log asks for attention. Lines are JSON with a numeric level, or plain text. */
function alarmIn(line, fromErrors) {
  if (!line.startsWith('{')) return fromErrors && /^\S/.test(line) ? { error: true, text: line } : null;
  try {
    const { level, msg, err } = JSON.parse(line);
    return level >= 40 ? { error: level >= 50, text: msg ?? err?.message ?? 'see the log' } : null;
  } catch {
    return null;
  }
}

const some = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** Collects the warnings and errors of one program and says them in one line, at most every half minute. */
class Summary {
  constructor(name, file, say) {
    Object.assign(this, {
      name,
      file,
      say,
      errors: 0,
      warnings: 0,
      last: '',
      timer: null,
      saidAt: -SUMMARY_EVERY,
    });
  }

  add({ error, text }) {
    this[error ? 'errors' : 'warnings'] += 1;
    this.last = text;
    const wait = Math.max(500, this.saidAt + SUMMARY_EVERY - performance.now());
    this.timer ??= setTimeout(() => this.flush(), wait).unref();
  }

  flush() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.errors + this.warnings === 0) return;
    const counts = [];
    if (this.errors) counts.push(some(this.errors, 'error'));
    if (this.warnings) counts.push(some(this.warnings, 'warning'));
    const last = this.last.length > 120 ? `${this.last.slice(0, 119)}…` : this.last;
    this.say(`${this.name}: ${counts.join(', ')} (${last}); more in ${this.file}`);
    Object.assign(this, { errors: 0, warnings: 0, saidAt: performance.now() });
  }
}

/** Follows a program across its restarts: `follow(child)` for each process, `flush()` says what is held back. */
export function programLog(name, file, say) {
  const log = new LogFile(file);
  const summary = new Summary(name, relative(process.cwd(), file), say);
  const readLines = (stream, fromErrors) => {
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
      log.write(line);
      const alarm = alarmIn(line, fromErrors);
      if (alarm) summary.add(alarm);
    });
  };
  return {
    follow(child) {
      readLines(child.stdout, false);
      readLines(child.stderr, true);
    },
    flush: () => summary.flush(),
    /** The last lines of the log, for a program that did not come up. */
    tail: (lines = 5) => readFileSync(file, 'utf8').slice(-8_000).trim().split('\n').slice(-lines).join('\n'),
  };
}
