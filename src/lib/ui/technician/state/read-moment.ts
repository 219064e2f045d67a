/** Clock and relay of a meter at one moment, for what stands beside a verdict. Never rejects. */
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { controlStateIn } from '#lib/core/field/glance/relay.ts';
import { ASSUME_UTC, timeIn } from '#lib/core/field/meter-time.ts';
import { type MomentRead, NO_MOMENT, relayAsRead } from '#lib/core/sync/proofs/as-read.ts';
import type { Conversation } from '#lib/link/conversation.ts';
import { isRead, readAttributes } from '#lib/link/read-attributes.ts';

/** Where clock and relay are in most meters. */
const TARGETS = [
	{ classId: 8, logicalName: obis('0.0.1.0.0.255'), attribute: 2 },
	{ classId: 70, logicalName: obis('0.0.96.3.10.255'), attribute: 3 },
];

/** What the meter does not have, or nobody answers for, is null. */
export async function readMoment(conversation: Conversation): Promise<MomentRead> {
	const results = await readAttributes(conversation, TARGETS);
	if (!isRead(results)) return NO_MOMENT;
	const [clock, relay] = results.map((result) => ('data' in result ? result.data : undefined));
	return {
		clockMs: timeIn(clock, ASSUME_UTC)?.atMs ?? null,
		relay: relayAsRead(relay && controlStateIn(relay)),
	};
}
