import { describe, expect, it } from 'vitest';
import type { MeterGlance } from '#lib/core/field/glance/glance.ts';
import type { Deed } from '#lib/browser/sync/field-journal.ts';
import type { JournalKind } from '#lib/core/sync/field-deeds.ts';
import type { RunPorts } from '#lib/ui/technician/state/delivery-run.ts';
import { type Meeting, MeetingProofs } from '#lib/ui/technician/state/proofs.ts';
import { DeliveryBench } from './delivery-bench.ts';
import 'fake-indexeddb/auto';

const waiting = { state: 'waiting' };
const glance = (complete: boolean): MeterGlance =>
	({
		progress: { done: 1, of: 1, complete },
		identity: { firmware: [] },
		clock: { time: waiting },
		sts: {
			pan: waiting,
			sgc: waiting,
			ti: waiting,
			krn: waiting,
			kt: waiting,
			ken: waiting,
			ea: waiting,
		},
		payment: { account: { currency: waiting, available: waiting }, credits: [] },
		...{ relays: [], energy: [], powerQuality: [] },
	}) as unknown as MeterGlance;

function watched() {
	const written: JournalKind[] = [];
	const writeDown = async (deed: Deed<JournalKind>) => void written.push(deed.kind);
	const desk = { writeDown } as unknown as RunPorts['desk'];
	const told: unknown[] = [];
	return {
		...{ written, told },
		proofs: new MeetingProofs({ ports: () => ({ desk }), tell: (error) => told.push(error) }),
	};
}
const meeting = (toRead: boolean): Meeting => ({
	at: new DeliveryBench().at(),
	identity: { opening: 'direct-hdlc', baud: 9600, systemTitle: '544B4C0000000012' },
	toRead,
});

describe('a meter that is met', () => {
	it('is written down once, when its glance is complete', async () => {
		const { proofs, written } = watched();
		const met = meeting(false);
		await proofs.look(met, undefined);
		await proofs.look(met, glance(false));
		expect(written).toEqual([]);
		await proofs.look(met, glance(true));
		await proofs.look(met, glance(true));
		await proofs.look(undefined, glance(true));
		expect(written).toEqual(['meter-met']);
	});

	it('is written down with what was read where the connection is over before that', async () => {
		const { proofs, written } = watched();
		await proofs.look(meeting(true), glance(false));
		await proofs.look(undefined, glance(false));
		expect(written).toEqual(['meter-met']);
	});

	it('is read as well where the job asks for it, and each connection counts', async () => {
		const { proofs, written } = watched();
		await proofs.look(meeting(true), glance(true));
		await proofs.look(meeting(false), glance(true));
		expect(written).toEqual(['meter-met', 'reading', 'meter-met']);
	});
});
