/** The office's part of the catalogue. */
import { officeEn, type OfficeWords } from '#lib/core/words/office.ts';

const all: OfficeWords = officeEn;

export const words = all.office;
export const signInWords = all.signIn;
export const agentWords = all.officeAgents;
export const journalWords = all.officeJournals;
export const meterWords = all.officeMeters;
export const tillWords = all.officeTills;
export const utilityWords = all.officeUtility;
