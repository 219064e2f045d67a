/** The end of a phone number, as far as a screen that others look at says it: `…3456`. */
export const phoneEnd = (phone: string): string => `…${phone.slice(-4)}`;
