import type pdfmake from 'pdfmake';

type Letter = Parameters<typeof pdfmake.createPdf>[0];

export interface LetterFacts {
  siteName: string;
  zone: string;
  writtenAt: Date;
  reference: string;
  paidAt: Date;
  internalReference: string;
  authorization: string;
  receipt: string;
  method: string;
  payer: string;
  document: string;
  /** With their currency. */
  paid: string;
  asked: string;
  motive: string;
  signedBy: string;
  /** Of our refund: the bank's answer is filed under it. */
  number: string;
}

/** What the acquirer is asked for, with everything it needs to find the sale. */
export function letterText(facts: LetterFacts): Letter {
  const day = (at: Date) => at.toLocaleDateString('es-CO', { timeZone: facts.zone, dateStyle: 'long' });
  const moment = (at: Date) =>
    at.toLocaleString('es-CO', { timeZone: facts.zone, dateStyle: 'long', timeStyle: 'short' });
  const known: [string, string][] = [
    ['Referencia del comercio', facts.reference],
    ['Fecha y hora de la venta', `${moment(facts.paidAt)} (${facts.zone})`],
    ['Número interno de la pasarela', facts.internalReference],
    ['Código de autorización', facts.authorization],
    ['Recibo', facts.receipt],
    ['Medio de pago', facts.method],
    ['Titular', facts.payer],
    ['Documento', facts.document],
    ['Valor de la venta', facts.paid],
    ['Valor por reversar', facts.asked],
  ];
  return {
    info: { title: `Solicitud de reverso tardío ${facts.reference}`, author: facts.siteName },
    pageSize: 'A4',
    pageMargins: [64, 64, 64, 64],
    defaultStyle: { fontSize: 11, lineHeight: 1.3 },
    content: [
      { text: facts.siteName, bold: true, fontSize: 14 },
      { text: day(facts.writtenAt), margin: [0, 0, 0, 24] },
      { text: 'Señores\nEntidad adquirente', margin: [0, 0, 0, 16] },
      { text: 'Asunto: solicitud de reverso tardío', bold: true, margin: [0, 0, 0, 16] },
      {
        text: `Solicitamos reversar ${facts.asked} de la venta que se identifica a continuación. El reverso en línea ya no es posible, porque el día de operación de la red en que se hizo la venta terminó.`,
        margin: [0, 0, 0, 12],
      },
      {
        table: {
          widths: [180, '*'],
          body: known.filter(([, value]) => value !== '').map(([name, value]) => [name, value]),
        },
        layout: 'lightHorizontalLines',
        margin: [0, 0, 0, 16],
      },
      { text: `Motivo: ${facts.motive}`, margin: [0, 0, 0, 12] },
      {
        text: 'Agradecemos abonar el valor al mismo medio de pago y confirmarnos por escrito la fecha del abono.',
        margin: [0, 0, 0, 40],
      },
      { text: '_______________________________' },
      { text: facts.signedBy },
      { text: facts.siteName, margin: [0, 0, 0, 24] },
      { text: `Solicitud ${facts.number}`, fontSize: 8, color: '#666666' },
    ],
  };
}
