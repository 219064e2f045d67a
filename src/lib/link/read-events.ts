/** The newest entries of a meter's event logs, so that a glance can say why a relay is open. */
import { isOfPattern, obisGroups, obisPattern } from '#lib/core/field/obis-pattern.ts';
import type { LogGlance } from '#lib/core/field/glance/logs.ts';
import { type AssumedZone, ASSUME_UTC } from '#lib/core/field/meter-time.ts';
import { type LoggedEvent, loggedEvents } from '#lib/core/field/profile-reading/logged-events.ts';
import { beginProfile } from '#lib/core/field/profile-reading/profile-steps.ts';
import { profileSettings } from '#lib/core/field/profile-reading/reading-state.ts';
import type { EventCodes } from '#lib/core/dlms/profile/event-names.ts';
import type { Interruption } from './ask-in-turn.ts';
import type { Conversation } from './conversation.ts';
import { readProfile } from './read-profile.ts';
import type { Timer } from './transport.ts';

export interface EventOptions {
	readonly timer: Timer;
	readonly codes: EventCodes;
	/** Entries of each log; 10 unless said. */
	readonly newest?: number;
	readonly zone?: AssumedZone;
	readonly signal?: AbortSignal;
}

const EVENT_LOGS = obisPattern('0.*.99.98.*');
const USUAL_NEWEST = 10;

/** The newest events of all event logs, each log's newest first; a log that is not to be read has none. */
export async function readNewestEvents(
	conversation: Conversation,
	logs: readonly Pick<LogGlance, 'logicalName'>[],
	{ timer, codes, newest = USUAL_NEWEST, zone = ASSUME_UTC, signal }: EventOptions,
): Promise<{ readonly events: readonly LoggedEvent[]; readonly interrupted?: Interruption }> {
	const events: LoggedEvent[] = [];
	for (const { logicalName } of logs) {
		if (!isOfPattern(obisGroups(logicalName), EVENT_LOGS)) continue;
		const settings = profileSettings(logicalName, { newest, zone });
		const reading = beginProfile(conversation.agreement, settings);
		for await (const report of readProfile(conversation, reading, {
			timer,
			...(signal && { signal }),
		})) {
			if (report.shape) events.push(...loggedEvents(report.shape, report.rows, codes));
			if (report.interrupted) return { events, interrupted: report.interrupted };
		}
	}
	return { events };
}
