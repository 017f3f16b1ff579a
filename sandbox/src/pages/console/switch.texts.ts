/** What each switch of a site is for, in the words of the console. */
import type { Site } from '../../sites/sites.js';
import { SITE_SWITCHES } from '../../sites/switches.js';
import type { SwitchName } from '../../sites/switches.js';
import type { Option } from './frame.js';

export interface SwitchText {
  name: Exclude<keyof Site, 'site' | 'login' | 'secretKey'>;
  label: string;
  /** What it does, or what the protocol leaves open about it. */
  hint: string;
  /** Null for one that is typed. */
  options: Option[] | null;
}

interface Group {
  title: string;
  text: string;
  switches: SwitchText[];
}

const typed = (name: SwitchText['name'], label: string, hint: string): SwitchText => ({
  name,
  label,
  hint,
  options: null,
});

const chosen = (
  name: SwitchText['name'],
  label: string,
  hint: string,
  words: Record<string, string>,
): SwitchText => ({
  name,
  label,
  hint,
  options: Object.entries(words).map(([value, label]) => ({ value, label })),
});

/** A switch of the table: its values or its limits are said there, once. */
function ofTable(
  name: SwitchName,
  label: string,
  hint: string,
  words: Record<string, string> = {},
): SwitchText {
  const { takes } = SITE_SWITCHES[name];
  if ('from' in takes) return typed(name, label, `${hint} De ${takes.from} a ${takes.to}.`);
  const values: readonly (string | number | boolean)[] = takes.values;
  const options = values.map((value, index) => {
    const text = words[String(value)] ?? String(value);
    return { value: String(value), label: index === 0 ? `${text} (por defecto)` : text };
  });
  return { name, label, hint, options };
}

const YES_NO = { true: 'sí', false: 'no' };

export const SWITCH_GROUPS: Group[] = [
  {
    title: 'El comercio',
    text: 'Quién es, en qué moneda y a qué hora vive, y a dónde se le avisa.',
    switches: [
      typed('name', 'Nombre', 'De 1 a 80 caracteres.'),
      typed('country', 'País', 'Código ISO de dos letras. En PR no hay reautorización.'),
      typed('currency', 'Moneda', 'Código ISO de tres letras.'),
      typed('zone', 'Zona horaria', 'Por ejemplo America/Bogota.'),
      typed('locale', 'Idioma', 'Por ejemplo es_CO.'),
      chosen('state', 'Estado', 'Los demás responden 401 con 104, 105 o 106.', {
        active: 'activo',
        inactive: 'inactivo (104)',
        expired: 'vencido (105)',
        credentials_expired: 'credenciales vencidas (106)',
      }),
      typed('notificationUrl', 'Notificar a', 'Dirección http o https; vacía: a nadie.'),
      chosen(
        'algorithm',
        'Firma de las notificaciones',
        'Los SDK oficiales solo entienden sha1 sin prefijo.',
        {
          sha256: 'sha256, con prefijo',
          sha1: 'sha1, sin prefijo',
        },
      ),
    ],
  },
  {
    title: 'Reglas',
    text: 'Lo que el protocolo dice que depende del comercio o de su proveedor.',
    switches: [
      typed(
        'attempts',
        'Intentos por sesión',
        'Rechazados, tras los cuales la sesión se rechaza. De 1 a 100.',
      ),
      typed('networkDelaySeconds', 'Demora de la red (s)', 'Cuánto dura lo pendiente. De 0 a 2592000.'),
      ofTable('maxDispersions', 'Partes de una dispersión', 'Cuántas admite, contando la propia.'),
      ofTable('confirmation', 'Flujo de confirmación', 'Admite requiresConfirmation.', YES_NO),
      ofTable('confirmationMinutes', 'Plazo para confirmar (min)', 'El protocolo no dice cuánto dura.'),
      ofTable('increaseOnly', 'Reautorizar solo hacia arriba', 'Así es un proveedor.', YES_NO),
      ofTable('holdDays', 'Días de una reserva', 'Tras ellos se libera sola.'),
      ofTable('settlementHour', 'Hora de liquidación', 'Hora local; antes solo se devuelve todo.'),
    ],
  },
  {
    title: 'Preguntas abiertas del protocolo',
    text: 'Lo que la documentación calla o contradice. El programa de un comercio debe sobrevivir a todas las lecturas.',
    switches: [
      ofTable('duplicateCollect', 'Cobro repetido en 24 horas', 'No está documentado qué se responde.', {
        earlier: 'la sesión anterior',
        earlier_208: 'la sesión anterior, con HTTP 208',
        refused_400: 'un error 400',
        rejected: 'REJECTED/XN sin pago',
        earlier_blocks_rejected: 'la anterior, aunque fuera rechazada',
      }),
      ofTable('secondCheckout', 'Segunda captura', 'No está documentado cómo se niega.', {
        request_not_valid: '400 request_not_valid',
        br: '400 BR',
        rejected: '200 REJECTED con pago',
      }),
      ofTable('refundRefusal', 'Devolución negada', 'BR está documentado solo para lo ya devuelto.', {
        specific: 'BR solo para lo ya devuelto o en exceso',
        br: 'BR siempre',
      }),
      ofTable(
        'internalReferences',
        'Número de reautorización y captura',
        'Una guía muestra uno nuevo, otra el mismo.',
        {
          new: 'uno nuevo',
          same: 'el de la reserva',
        },
      ),
      ofTable(
        'earlyPartialRefund',
        'Devolver una parte antes de liquidar',
        'Solo se dice que es imposible.',
        {
          refused: 'se niega',
          voids_whole: 'anula todo',
        },
      ),
      ofTable(
        'firstPaymentCounts',
        '¿El primer pago es un período?',
        'No se dice si cuenta para maxPeriods.',
        YES_NO,
      ),
      ofTable('monthEnd', 'Fin de mes', 'No se dice qué sigue a 31 de enero y 28 de febrero.', {
        anchor: '31 de marzo',
        drift: '28 de marzo',
      }),
      ofTable('cancelledConfirmation', 'Confirmación cancelada', 'La misma página dice las dos.'),
      ofTable(
        'overCapture',
        '¿Capturar más que lo reservado?',
        'Un ejemplo lo hace; ninguna regla lo dice.',
        YES_NO,
      ),
      ofTable('expiredReason', 'Código de una sesión expirada', 'Se conoce el mensaje, no el código.'),
      ofTable('validationStatus', 'HTTP de una sesión mal pedida', 'Hoy 400; en ejemplos de 2020, 200.'),
      ofTable('expiryWhilePending', 'Expirar con un pago pendiente', 'No está documentado.', {
        wait: 'espera la respuesta de la red',
        reject: 'se rechaza',
      }),
      ofTable(
        'recurringSignature',
        'Firma de cobros recurrentes',
        'El ejemplo no lleva prefijo; la regla sí.',
        {
          prefixed: 'con prefijo',
          bare: 'sin prefijo',
        },
      ),
      ofTable('recurringTries', 'Qué cuenta tries', 'El texto admite las dos lecturas.', {
        made: 'intentos hechos',
        left: 'intentos que quedan',
      }),
    ],
  },
];

export const ALL_SWITCHES: SwitchText[] = SWITCH_GROUPS.flatMap(({ switches }) => switches);
