import { describe, expect, it } from '@jest/globals';
import { mailUrl, shareText, whatsappUrl, type Shareable } from './share-text.js';

const session: Shareable = {
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
        'Puede pagar hasta el 10 mar 2026 a las 23:30. La página le mostrará el resultado del pago.',
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
