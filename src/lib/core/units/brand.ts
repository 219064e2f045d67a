/** A number or string that the compiler keeps apart from others of the same shape. */
export type Brand<Base, Name extends string> = Base & { readonly __brand: Name };
