/** The virtual meters of the demo's public-test estate, as the seed makes them. */
export const KITCHEN = '00000000018';
export const WORKSHOP = '00000000026';
export const HOUSE_EA07 = '00000000034';
export const HOUSE_EA11 = '00000000042';
/** A meter of the demo utility that may not be sold to. */
export const BLOCKED = '37204139796';
/** On a key of 1993: its next sale brings it the new one. */
export const COTTAGE = '00000000059';
