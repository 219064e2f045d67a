/** The technician's catalogue: the technician's screens load it, nobody else's do. */
import { delivery } from './en/delivery.ts';
import { connecting } from './en/connecting.ts';
import { engineering } from './en/engineering.ts';
import { events } from './en/events.ts';
import { fieldJournal } from './en/field-journal.ts';
import { glance } from './en/glance.ts';
import { vault } from './en/vault.ts';
import type { Widen } from './widen.ts';

export const technicianEn = {
	delivery,
	connecting,
	engineering,
	events,
	fieldJournal,
	glance,
	vault,
};

/** The technician's catalogue in any language. */
export type TechnicianWords = Widen<typeof technicianEn>;
