/** A sale while the network is there, through the journal, beside the bare request that it stands for. */
import { v7 as uuidV7 } from 'uuid';
import { callAsTill } from '#lib/browser/api/till-signature.ts';
import { VendAnswer } from '#lib/core/sync/wire.ts';
import type { BenchTill } from './bench-till.ts';
import type { SlowLink } from './slow-link.ts';
import type { SyncBackend } from './sync-process.ts';

/** Of one sale. */
export interface OneSale {
	readonly requests: number;
	readonly deviceMs: number;
	readonly backendMs: number;
}

export interface Compared {
	/** Entry, drain, answer opened. */
	readonly journal: OneSale;
	/** `PUT /vends/{id}`, signed by the same till. */
	readonly bare: OneSale;
}

const ROUND = 20;

/** Rounds take turns. @throws {Error} when a sale took another number of requests than one */
export async function compareOnline(
	backend: SyncBackend,
	link: SlowLink,
	till: BenchTill,
	rounds: number,
): Promise<Compared> {
	const bySide: Record<keyof Compared, OneSale[]> = { journal: [], bare: [] };
	for (let round = 0; round <= rounds; round += 1)
		for (const [side, once] of Object.entries({ journal: sellByJournal, bare: sellBare })) {
			const one = await measure(backend, link, () => once(till));
			// The first round of each is for warming up.
			if (round > 0) bySide[side as keyof Compared].push(one);
		}
	return { journal: middle(bySide.journal), bare: middle(bySide.bare) };
}

async function measure(
	backend: SyncBackend,
	link: SlowLink,
	once: () => Promise<void>,
): Promise<OneSale> {
	await backend.usage();
	link.take();
	const before = process.cpuUsage();
	for (let sale = 0; sale < ROUND; sale += 1) await once();
	const { user, system } = process.cpuUsage(before);
	const requests = link.take().requests / ROUND;
	if (requests !== 1) throw new Error(`${requests} requests for one sale`);
	const { cpuMs } = await backend.usage();
	return { requests, deviceMs: (user + system) / 1_000 / ROUND, backendMs: cpuMs / ROUND };
}

async function sellByJournal(till: BenchTill): Promise<void> {
	const id = await till.sell('token');
	const { pending } = await till.drain();
	const answer = await till.answer(id);
	if (pending > 0 || answer === undefined) throw new Error('a sale without an answer');
}

async function sellBare(till: BenchTill): Promise<void> {
	const body = till.request(till.nextMeter(), 'token');
	const path = `/api/v1/vends/${uuidV7()}`;
	const { signer } = till.here;
	const answer = await callAsTill(signer, VendAnswer, { method: 'PUT', path, body });
	if (answer.kind !== 'answer' || answer.answer.state !== 'issued')
		throw new Error(`a sale was refused: ${JSON.stringify(answer)}`);
}

function middle(all: readonly OneSale[]): OneSale {
	const of = (name: keyof OneSale) =>
		all.map((one) => one[name]).sort((one, other) => one - other)[all.length >> 1] ?? 0;
	return { requests: of('requests'), deviceMs: of('deviceMs'), backendMs: of('backendMs') };
}
