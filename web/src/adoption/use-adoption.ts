import { MAX_ADOPTIONS, type Adoption, type Problem } from '@recaudo/shared';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../app/api.js';
import { useData } from '../app/use-data.js';
import { inPieces } from './numbers.js';
import { merged } from './results.js';

export interface Progress {
  kind: 'rehearse' | 'adopt';
  done: number;
  all: number;
}

/** How a run ended; `left` numbers were not asked about. */
export interface Outcome {
  kind: Progress['kind'];
  left: number;
  /** The problem that broke it off, or null when it was stopped or came to its end. */
  problem: Problem | null;
}

/**
 * Asks in pieces, one after the other, and keeps a row per number. It can be stopped between two pieces; what was
 * taken over by then stays, and a repetition skips it.
 */
export function useAdoption() {
  const data = useData();
  const client = useQueryClient();
  const [rows, setRows] = useState<Adoption[]>([]);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const stopped = useRef(false);
  // Leaving the page stops it too.
  useEffect(() => () => void (stopped.current = true), []);

  const run = async (kind: Progress['kind'], siteId: string, numbers: string[], before: Adoption[]) => {
    stopped.current = false;
    setOutcome(null);
    setRows(before);
    let done = 0;
    let problem: Problem | null = null;
    for (const piece of inPieces(numbers, MAX_ADOPTIONS)) {
      if (stopped.current) break;
      setProgress({ kind, done, all: numbers.length });
      try {
        const fresh = await data.adopt({ siteId, numbers: piece, rehearse: kind === 'rehearse' });
        setRows((present) => (before.length > 0 ? merged(present, fresh) : [...present, ...fresh]));
        done += piece.length;
      } catch (error) {
        problem = problemOf(error);
        break;
      }
    }
    setProgress(null);
    setOutcome({ kind, left: numbers.length - done, problem });
    if (kind === 'adopt') void client.invalidateQueries();
  };

  return {
    rows,
    progress,
    outcome,
    rehearse: (siteId: string, numbers: string[]) => run('rehearse', siteId, numbers, []),
    /** Again, for the numbers nobody answered about. */
    askAgain: (siteId: string) => run('rehearse', siteId, pick(rows, 'no_answer'), rows),
    adopt: (siteId: string) => run('adopt', siteId, pick(rows, 'would_adopt'), rows),
    stop: () => void (stopped.current = true),
    clear: () => (setRows([]), setOutcome(null)),
  };
}

function pick(rows: Adoption[], result: Adoption['result']): string[] {
  return rows.filter((row) => row.result === result).map((row) => row.number);
}
