/** The key of a meter read before and after a key-change set, with the run kept over reloads. */
import { readResume, writeResume } from '#lib/browser/store/technician-deliveries.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import {
	beginKeyRun,
	type KeyRun,
	type KeyRunRefusal,
	parseKeyRun,
	takeKeyAfter,
	takeKeyBefore,
	takeSetDelivery,
	type WantedKey,
} from '#lib/core/field/engineering/key-run.ts';
import type { StsKey } from '#lib/core/field/glance/sts-attributes.ts';
import type { FieldDelivery } from '#lib/core/sync/proofs/field-delivery.ts';
import { keyRunProof } from '#lib/core/sync/proofs/engineering.ts';
import { deliveryOfSet, sectionsOf, vendOfSet } from '#lib/ui/technician/view/key-set.ts';
import { readStsKey } from '#lib/link/read-sts-key.ts';
import type { AtMeter, RunPorts } from './delivery-run.ts';

/** Under which a meter's key run is kept. */
export const KEY_RUN = 'key-run';
/** Where class 116 is in most meters. */
const USUAL_STS = obis('0.0.19.60.0.255');

export type KeyBegin =
	/** The set may go in; undefined: nobody knows what key it brings, so nothing is compared. */
	{ readonly run: KeyRun | undefined } | { readonly refusal: KeyRunRefusal } | 'interrupted';

/** The run that is stored; undefined: none, or nothing this version knows. @throws {StoreFault} */
export async function readKeyRun(
	{ store }: Pick<RunPorts, 'store'>,
	drn: string,
): Promise<KeyRun | undefined> {
	const row = await readResume(store, drn, KEY_RUN);
	try {
		return row && parseKeyRun(JSON.parse(row.snapshot));
	} catch {
		return undefined;
	}
}

async function keepKeyRun({ store, timer }: RunPorts, run: KeyRun): Promise<void> {
	const row = { drn: run.drn, subject: KEY_RUN, snapshot: JSON.stringify(run) };
	await writeResume(store, { ...row, updatedAtMs: timer.nowMs() });
}

/** Before the first section goes in: reads the key, and says whether the set fits. @throws {StoreFault} */
export async function beginSet(
	at: AtMeter,
	ports: RunPorts,
	field: FieldDelivery,
	wanted: WantedKey | undefined,
): Promise<KeyBegin> {
	const sections = sectionsOf(field);
	const stored = await readKeyRun(ports, at.drn);
	const begun = sections.some(({ sends }) => sends > 0);
	if (stored?.phase === 'deliver' && begun) return { run: stored };
	const none = sections.every(({ state }) => state.phase !== 'waiting');
	if (none || !wanted || sections.length < 2 || sections.length > 4) return { run: undefined };
	// Of a set that has begun, what was before is not to be read any more.
	if (begun) return { run: undefined };
	const before = await readStsKey(at.connected.conversation, at.sts ?? USUAL_STS);
	if ('interrupted' in before) return 'interrupted';
	const plan = { drn: at.drn, wanted, tokens: sections.length, rollover: false };
	const taken = takeKeyBefore(beginKeyRun(plan), before);
	if ('refusal' in taken) return taken;
	await keepKeyRun(ports, taken.run);
	return taken;
}

/** When the set has come to an end: reads the key again, and writes the run down. @throws {StoreFault} */
export async function endSet(
	at: AtMeter,
	ports: RunPorts,
	field: FieldDelivery,
): Promise<KeyRun | undefined> {
	const run = await readKeyRun(ports, at.drn);
	const delivery = deliveryOfSet(field);
	if (run?.phase !== 'deliver' || delivery === undefined) return undefined;
	const read = await readStsKey(at.connected.conversation, at.sts ?? USUAL_STS);
	// Nobody answers any more: it is read when somebody does.
	if ('interrupted' in read) return undefined;
	const done = takeKeyAfter(takeSetDelivery(run, delivery), withoutExpiry(read.key));
	const sections = sectionsOf(field);
	const handed = sections.filter(({ sends }) => sends > 0).length;
	const content = keyRunProof(
		at.probe,
		{ ...done, after: done.after && { ...read.key } },
		handed,
		vendOfSet(field),
		at.connected.digest().sha256,
	);
	// A proof that is there twice is better than none.
	await ports.desk.writeDown({ kind: 'key-change-run', content, jobId: at.jobId, drn: at.drn });
	await keepKeyRun(ports, done);
	return done;
}

/** Which expiry number a new key has stands in its tokens only, so that it is not compared. */
function withoutExpiry(key: StsKey): StsKey {
	const rest: StsKey & { ken?: number } = { ...key };
	delete rest.ken;
	return rest;
}
