/** The office's catalogue: its screens load it, nobody else's do. */
import { close } from './en/close.ts';
import { office } from './en/office.ts';
import { officeAgents } from './en/office-agents.ts';
import { officeJournals } from './en/office-journals.ts';
import { officeMeters } from './en/office-meters.ts';
import { officeTills } from './en/office-tills.ts';
import { officeUtility } from './en/office-utility.ts';
import { signIn } from './en/sign-in.ts';
import type { Widen } from './widen.ts';

export const officeEn = {
	close,
	office,
	officeAgents,
	officeJournals,
	officeMeters,
	officeTills,
	officeUtility,
	signIn,
};

/** The office's catalogue in any language. */
export type OfficeWords = Widen<typeof officeEn>;
