/** What else a meter remembers, as it is stored: demand, mains, tampers. */
import * as v from 'valibot';
import { TAMPER_KINDS } from '../tampers.ts';
import { counting, whole } from './atoms.ts';

const average = v.strictObject({ powerW: whole(), atMs: whole() });

export const storedDemand = v.strictObject({
	sinceMs: whole(),
	wms: whole(),
	last: v.nullable(average),
	highest: v.nullable(average),
	lowest: v.nullable(average),
});

const byPhase = v.pipe(v.array(whole()), v.minLength(1), v.maxLength(3));

export const storedMains = v.strictObject({
	disturbances: v.pipe(
		v.array(
			v.strictObject({
				phase: counting(3),
				kind: v.picklist(['sag', 'swell']),
				untilMs: whole(),
			}),
		),
		v.maxLength(3),
	),
	sags: byPhase,
	swells: byPhase,
	failures: whole(),
});

/** Kinds of tamper, each once. */
export const tamperKinds = v.pipe(
	v.array(v.picklist(TAMPER_KINDS)),
	v.check((kinds) => new Set(kinds).size === kinds.length),
);

export const storedTampers = v.strictObject({
	present: tamperKinds,
	noted: tamperKinds,
	counts: v.strictObject({
		'meter-cover': whole(),
		'terminal-cover': whole(),
		'magnetic-field': whole(),
		'reversed-current': whole(),
	}),
});
