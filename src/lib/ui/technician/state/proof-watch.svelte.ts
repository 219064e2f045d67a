/** Writes down every meter that this page meets, whatever screen is shown. */
import { untrack } from 'svelte';
import { atMeter, runPorts } from './delivery-desk.ts';
import { technicianDesk } from './desk.svelte.ts';
import { meterDesk } from './meter.svelte.ts';
import { type Meeting, MeetingProofs } from './proofs.ts';

const proofs = new MeetingProofs({
	ports: runPorts,
	tell: (error) => technicianDesk.tell(error),
});

/** The meter that is connected now. */
function meetingNow(): Meeting | undefined {
	const { connected, packed } = meterDesk;
	const at = connected && atMeter();
	if (!at) return undefined;
	const job = technicianDesk.packs.packs
		.flatMap(({ jobs }) => jobs)
		.find(({ id }) => id === packed?.jobId);
	const place = job?.meters.find(({ drn }) => drn === at.drn);
	return { at, identity: connected.identity, toRead: place?.work.includes('reading') ?? false };
}

/** Begins to watch; the function it gives ends it. */
export const watchMeetings = (): (() => void) =>
	$effect.root(() => {
		$effect(() => {
			const [meeting, glance] = [meetingNow(), meterDesk.glance.shown];
			untrack(() => void proofs.look(meeting, glance));
		});
	});
