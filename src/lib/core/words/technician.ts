/** The technician's catalogue: the technician's screens load it, nobody else's do. */
import { engineering } from './en/engineering.ts';
import { glance } from './en/glance.ts';
import type { Widen } from './widen.ts';

export const technicianEn = { engineering, glance };

/** The technician's catalogue in any language. */
export type TechnicianWords = Widen<typeof technicianEn>;
