/** What happened to a payment, and what waits for a person. */
export const history = {
  timeline: {
    kinds: {
      session: {
        opening: 'Se pidió abrir el pago',
        opened: 'La pasarela abrió el pago',
        failed: 'El pago no se pudo abrir',
        approved: 'Pago aprobado',
        rejected: 'Pago rechazado',
        cancelled: 'Pago cancelado',
        expired: 'Pago vencido',
        pending: 'Pago en espera',
      },
      transaction: {
        approved: 'Intento aprobado',
        rejected: 'Intento rechazado',
        pending: 'Intento en espera del banco',
        unknown: 'Intento sin respuesta del banco',
      },
      notification: { received: 'La pasarela avisó de un cambio' },
      link: { visited: 'El pagador abrió el enlace' },
      order: { overpaid: 'La orden quedó pagada de más', reopened: 'La orden se abrió otra vez' },
      review: { opened: 'Quedó por revisar', resolved: 'Revisado' },
      person: {
        created: 'Persona creada',
        updated: 'Persona cambiada',
        invited: 'Enlace de contraseña nuevo',
        deactivated: 'Persona desactivada',
        activated: 'Persona activada',
        password_set: 'Contraseña elegida',
      },
      login: { opened: 'Ingreso', closed: 'Salida', locked: 'Cuenta en pausa por intentos fallidos' },
      site: { created: 'Sitio creado', updated: 'Sitio cambiado' },
      account: {
        saved: 'Cuenta de pasarela guardada',
        tested: 'Conexión probada',
        flagged: 'La pasarela rechazó los datos',
      },
      key: { created: 'Clave creada', revoked: 'Clave revocada' },
      job: { run: 'Trabajo ejecutado a mano' },
      sessions: { exported: 'Lista de pagos descargada' },
    },
    asked_by: {
      probe: 'Se preguntó a la pasarela',
      check: 'Alguien consultó la pasarela',
      return: 'El pagador volvió y se preguntó a la pasarela',
      notification: 'Tras el aviso se preguntó a la pasarela',
      other: 'Se preguntó a la pasarela',
    },
    answers: {
      pending: 'en espera',
      approved: 'aprobado',
      approved_partial: 'aprobado en parte',
      rejected: 'rechazado',
      cancelled: 'cancelado',
      expired: 'vencido',
      failed: 'fallido',
      no_answer: 'no respondió',
      notfound: 'no lo conoce',
    },
  },
  reviews: {
    open: 'Abiertas',
    resolved: 'Resueltas',
    none_open: 'No hay nada por revisar. Cuando algo necesite a una persona aparecerá aquí.',
    none_resolved: 'Todavía no se ha resuelto nada.',
    see_payment: 'Ver el pago',
    resolve: 'Resolver',
    resolve_title: 'Marcar como revisado',
    resolve_explained: 'Esto no mueve dinero. La nota queda para siempre, con su nombre y la hora.',
    note: 'Qué se encontró y qué se hizo',
    was_resolved: 'Quedó resuelto',
    resolved_by: 'Resuelto por %{name}',
    an_amount: 'un valor desconocido',
    another_amount: 'otro valor',
    kinds: {
      overpaid: 'Pagada de más',
      contradiction: 'Respuestas que se contradicen',
      amount_differs: 'El valor no coincide',
      opened_elsewhere: 'Abierto por fuera',
      unresolved: 'Sin resultado',
    },
    explained: {
      overpaid:
        'La orden de %{amount} recibió más dinero del que debía. Decida con el pagador qué se devuelve.',
      contradiction:
        'La pasarela dio un resultado y después otro distinto para el pago de %{amount}. Compare con la consola de la pasarela.',
      contradiction_states:
        'El pago de %{amount} estaba «%{held}» y después la pasarela dijo «%{said}». Compare con la consola de la pasarela.',
      amount_differs:
        'La pasarela informó %{seen} y aquí se pidió %{amount}. Compare con la consola de la pasarela.',
      opened_elsewhere:
        'Llegó un aviso con firma válida de un pago que no se abrió aquí. Averigüe quién lo abrió con las mismas credenciales.',
      unresolved:
        'El pago de %{amount} lleva días sin resultado final. Se sigue preguntando solo; llame a la pasarela con su número.',
    },
  },
};
