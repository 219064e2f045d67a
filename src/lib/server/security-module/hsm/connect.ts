/** A hardware module at an address, with the operator's file of its registers. */
import type { Log } from '../../log.ts';
import type { SecurityModule } from '../port.ts';
import { hsmModule } from './hsm-module.ts';
import { openPool, type BackOff } from './pool.ts';
import { readHsmFile } from './registers.ts';

export interface HsmPlace {
	readonly host: string;
	readonly port: number;
	readonly registersFile: string;
	readonly answerWithinMs: number;
	readonly log: Log;
	readonly backOff?: BackOff;
}

/** @throws {Error} a sentence about the file of registers */
export function connectHsm(place: HsmPlace): SecurityModule & { readonly test: boolean } {
	const { host, port, answerWithinMs, log, backOff } = place;
	const file = readHsmFile(place.registersFile);
	const pool = openPool({
		...{ host, port, answerWithinMs, log, framing: file.framing, connections: file.connections },
		...(backOff && { backOff }),
	});
	return { ...hsmModule(file, { pool, log }), test: file.testKeys };
}
