declare const brand: unique symbol;

/** A `Base` that only its own constructor function hands out, so that a user id is never taken for a group id. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
