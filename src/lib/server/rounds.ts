/** All rounds of background work, in one list. */
import { expireApprovals } from './approval/expire.ts';
import type { Backend } from './backend.ts';
import type { Round } from './background.ts';
import { purgeFleeting } from './database/fleeting.ts';
import type { Settings } from './environment.ts';
import { sendMessages } from './message/send-messages.ts';
import { lookAfterPayments } from './payment/payment-round.ts';
import { watchPayments } from './payment/watch-round.ts';
import { sendReminders } from './reminder/send-reminders.ts';
import { forget } from './retention/forget.ts';
import { sendNotices } from './sandbox/notices.ts';
import { noticeSender } from './sandbox/send-notice.ts';
import { finishEntries } from './till/finish-entries.ts';
import { finishVends } from './vend/recovery.ts';

const FLEETING_PURGE_MS = 60_000;
const WATCH_MS = 15_000;
const EXPIRY_MS = 60 * 60_000;
const RETENTION_MS = 60 * 60_000;

export function roundsOf(backend: Backend, settings: Settings): Round[] {
	return [
		{
			name: 'fleeting-purge',
			everyMs: FLEETING_PURGE_MS,
			run: () => purgeFleeting(backend.fleeting, backend.clock.nowMs()),
		},
		{
			name: 'approval-expiry',
			everyMs: EXPIRY_MS,
			run: () => expireApprovals(backend),
		},
		{
			name: 'retention',
			everyMs: RETENTION_MS,
			run: (turn) => forget(backend, settings.retention, turn),
		},
		{
			name: 'recovery',
			everyMs: settings.recoverEveryMs,
			run: ({ first }) => finishVends(backend, first ? 0 : settings.recoverEveryMs),
		},
		{
			name: 'till-entries',
			everyMs: settings.recoverEveryMs,
			run: ({ signal }) => finishEntries(backend, signal),
		},
		{
			name: 'payments',
			everyMs: settings.recoverEveryMs,
			run: ({ first }) => lookAfterPayments(backend, first),
		},
		{
			name: 'ended-payments',
			everyMs: WATCH_MS,
			run: () => watchPayments(backend),
		},
		{
			name: 'messages',
			everyMs: settings.recoverEveryMs,
			run: () => sendMessages(backend),
		},
		{
			name: 'reminders',
			everyMs: settings.recoverEveryMs,
			run: ({ signal }) => sendReminders(backend, signal),
		},
		{
			name: 'sandbox-notices',
			everyMs: settings.recoverEveryMs,
			run: () => sendNotices(backend, noticeSender(backend)),
		},
	];
}
