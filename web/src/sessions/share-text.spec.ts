import { describe, expect, it } from '@jest/globals';
import { mailUrl, shareText, whatsappUrl, type Shareable } from './share-text.js';

const session: Shareable = {
  kind: 'basic',
  approvedMinor: 0,
  description: 'Póliza anual',
  amountMinor: 8_450_050,
  currency: 'COP',
  payer: { name: 'Ana', surname: null, email: null, documentType: null, document: null, mobile: null },
  order: { linkUrl: 'https://pagos.example/p/abc', linkExpiresAt: '2026-03-11T04:30:00Z' },
};
const site = { name: 'Andina', zone: 'America/Bogota' };

describe('the message to the payer', () => {
  it('says how much, to whom, for what, where and until when in the site’s zone', () => {
    expect(shareText(session, site)).toBe(
      'Hola, Ana. Este es su enlace para pagar $ 84.500,50 COP a Andina (Póliza anual):\n' +
        'https://pagos.example/p/abc\n' +
        'Puede pagar hasta el 10 mar 2026 a las 23:30. La página le mostrará el resultado.',
    );
  });

  it('asks a payer who paid a part only for what is missing', () => {
    const partial: Shareable = {
      ...session,
      kind: 'partial',
      amountMinor: 10_000_00,
      approvedMinor: 4_000_00,
    };
    expect(shareText(partial, site)).toContain('pagar los $ 6.000 COP que faltan a Andina');
  });

  it('speaks of no charge where only the means of payment is stored', () => {
    expect(shareText({ ...session, kind: 'subscription', amountMinor: 0 }, site)).toContain(
      'guardar su medio de pago con Andina; hoy no se le cobra nada (Póliza anual):',
    );
  });

  it('goes by WhatsApp to an international number', () => {
    expect(whatsappUrl('a b', '+57 300 555 0101')).toBe('https://wa.me/573005550101?text=a%20b');
  });

  it('leaves the contact to the agent when the number names no country', () => {
    expect(whatsappUrl('a', '300 555 0101')).toBe('https://wa.me/?text=a');
    expect(whatsappUrl('a', null)).toBe('https://wa.me/?text=a');
  });

  it('goes by e-mail with its subject, keeping the lines', () => {
    expect(mailUrl('a\nb', 'ana@correo.example', 'Andina')).toBe(
      'mailto:ana%40correo.example?subject=Su%20enlace%20de%20pago%20de%20Andina&body=a%0Ab',
    );
  });
});
