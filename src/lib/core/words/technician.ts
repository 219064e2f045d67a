/** The technician's catalogue: the technician's screens load it, nobody else's do. */
import { bench } from './en/bench.ts';
import { delivery } from './en/delivery.ts';
import { connecting } from './en/connecting.ts';
import { doctor } from './en/doctor.ts';
import { engineering } from './en/engineering.ts';
import { events } from './en/events.ts';
import { field } from './en/field.ts';
import { fieldJournal } from './en/field-journal.ts';
import { glance } from './en/glance.ts';
import { linkFaults } from './en/link-faults.ts';
import { signIn } from './en/sign-in.ts';
import { vault } from './en/vault.ts';
import { technician } from './en/technician.ts';
import { technicianTokens } from './en/technician-tokens.ts';
import { tokenResults } from './en/token-results.ts';
import { technicianEngineering } from './en/technician-engineering.ts';
import { technicianMeter } from './en/technician-meter.ts';
import type { Widen } from './widen.ts';

export const technicianEn = {
	bench,
	delivery,
	connecting,
	doctor,
	engineering,
	events,
	field,
	fieldJournal,
	glance,
	linkFaults,
	signIn,
	vault,
	technician,
	technicianTokens,
	tokenResults,
	technicianEngineering,
	technicianMeter,
};

/** The technician's catalogue in any language. */
export type TechnicianWords = Widen<typeof technicianEn>;
