/**
 * What the demo's technician is to hand over: made on the evening before the demo's day by the pipeline
 * itself, and seen by nobody yet.
 */
import type { Backend } from '../backend.ts';
import { requestVend } from '../vend/request-vend.ts';
import { chanceFrom } from './chance.ts';
import { DELIVERY_METER, KEY_CHANGE_METER } from './demo-field.ts';
import { demoId } from './demo-id.ts';
import { DEMO_UTILITY } from './demo-utility.ts';
import { mustBeTaken } from './run-till.ts';
import { at, sellToGuest } from './sell-year.ts';

const SEED = 6;
const AMOUNT_MINOR = 50_000;

export async function sellForJobs(backend: Backend, atMs: number): Promise<void> {
	const scene = at(backend, chanceFrom(SEED), atMs);
	await sellToGuest(scene, { atMs, drn: DELIVERY_METER, amountMinor: AMOUNT_MINOR });
	const clerk = await backend.database
		.selectFrom('operator')
		.select('id')
		.where('utility_id', '=', DEMO_UTILITY.id)
		.where('login', '=', 'clerk')
		.executeTakeFirstOrThrow();
	const caller = {
		...{ utilityId: DEMO_UTILITY.id, roles: ['office-clerk'] as const, address: 'demo' },
		operatorId: clerk.id,
	};
	const request = { kind: 'key-change', drn: KEY_CHANGE_METER, requestedAtMs: atMs } as const;
	mustBeTaken(await requestVend(scene.backend, caller, demoId(scene.chance, atMs), request));
}
