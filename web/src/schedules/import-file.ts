import { IMPORT_COLUMNS, MAX_IMPORT_BYTES } from '@recaudo/shared';

/** A file that was chosen, as it is sent. */
export interface ChosenFile {
  name: string;
  /** Its bytes in base64. */
  base64: string;
}

/** Reads it whole. Errors: `file_too_large`, `file_unreadable`, as messages. */
export async function readFile(file: File): Promise<ChosenFile> {
  if (file.size > MAX_IMPORT_BYTES) throw new Error('file_too_large');
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Error('file_unreadable'));
    reader.onload = () => {
      // A data address: what it is, a comma, and the bytes; of an empty file there is no comma.
      const [, base64 = ''] = typeof reader.result === 'string' ? reader.result.split(',') : [];
      resolve({ name: file.name, base64 });
    };
    reader.readAsDataURL(file);
  });
}

const EXAMPLE: Record<(typeof IMPORT_COLUMNS)[number], string> = {
  reference: 'PLAN-0001',
  plan: 'Plan mensual',
  instrumentId: '00000000-0000-0000-0000-000000000000',
  amount: '40000.00',
  currency: 'COP',
  unit: 'month',
  interval: '1',
  startOn: '2026-12-31',
  trialDays: '',
  anchorDay: '31',
  maxPeriods: '',
  endOn: '',
  zone: '',
  chargeHour: '9',
};

/** The header and one row that shows what goes where; the mark at its beginning tells spreadsheets that it is UTF-8. */
export function templateUrl(): string {
  const rows = [IMPORT_COLUMNS, IMPORT_COLUMNS.map((name) => EXAMPLE[name])];
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${rows.map((row) => row.join(',')).join('\r\n')}\r\n`)}`;
}
