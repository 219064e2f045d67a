/** Endpoints of tills that sell without a network: their journals, and what is wrong with them. */
import {
	JournalBatchAnswer,
	JournalBatchRequest,
	JournalImportAnswer,
	JournalImportRequest,
	TillAlarmList,
	TillAlarmQuery,
} from '#lib/core/sync/wire-till.ts';
import { rows } from './row.ts';

/** Two hundred rows with the largest seals that there may be. */
const MAX_JOURNAL_OCTETS = 2 * 1024 * 1024;

export const tillOperations = rows({
	handInJournal: {
		method: 'POST',
		path: '/api/v1/journal-batches',
		summary:
			'A till’s journal: up to 200 entries in their order, each taken once and answered with what has become of it, however often it comes.',
		capability: 'journal.hand-in',
		body: JournalBatchRequest,
		inRows: true,
		maxBodyOctets: MAX_JOURNAL_OCTETS,
		answers: { 200: JournalBatchAnswer },
		refusals: [],
	},
	importJournal: {
		method: 'POST',
		path: '/api/v1/journal-imports',
		summary:
			'Entries of any till of the utility, proved by their own signatures: of one that is gone, revoked or suspended as well.',
		capability: 'journal.import',
		body: JournalImportRequest,
		inRows: true,
		maxBodyOctets: MAX_JOURNAL_OCTETS,
		answers: { 200: JournalImportAnswer },
		refusals: ['not-found'],
	},
	listTillAlarms: {
		method: 'GET',
		path: '/api/v1/till-alarms',
		summary: 'What is wrong with tills’ journals, the newest first, fifty at a time.',
		capability: 'journal.alarms',
		query: TillAlarmQuery,
		answers: { 200: TillAlarmList },
		refusals: [],
	},
});
