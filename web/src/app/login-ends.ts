/** Ends the login when the error says that nobody is signed in; resolves to whether it did. */
type EndLogin = (error: unknown) => Promise<boolean>;

/**
 * The same methods, each of which ends the login on a refusal for want of one and rejects all the same.
 * react-admin's own wrapper resolves to an empty answer then, which a caller would take for success.
 */
export function rejectingWhenLoginEnds<P extends object>(provider: P, endLogin: EndLogin): P {
  return new Proxy(provider, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        try {
          return await (method.apply(target, args) as unknown);
        } catch (error) {
          await endLogin(error);
          throw error;
        }
      };
    },
  });
}
