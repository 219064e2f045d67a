/** A hardware module at an address, with the operator's file of its registers. */
import type { Log } from '../../log.ts';
import type { SecurityModule } from '../port.ts';
import { hsmModule } from './hsm-module.ts';
import type { HsmPlace } from './place.ts';
import { introduce } from './introduce.ts';
import { openPool, type BackOff } from './pool.ts';
import { readHsmFile } from './registers.ts';

export interface HsmOptions extends HsmPlace {
	readonly answerWithinMs: number;
	readonly log: Log;
	readonly backOff?: BackOff;
}

export interface ConnectedHsm extends SecurityModule {
	/** Whether its keys are of a test. */
	readonly test: boolean;
	/** Asks it who it is, for the log. Never throws. */
	introduce(): Promise<void>;
}

/** @throws {Error} a sentence about the file of registers */
export function connectHsm(options: HsmOptions): ConnectedHsm {
	const { host, port, answerWithinMs, log, backOff } = options;
	const file = readHsmFile(options.registersFile);
	const pool = openPool({
		...{ host, port, answerWithinMs, log, framing: file.framing, connections: file.connections },
		...(backOff && { backOff }),
	});
	const asking = { pool, log };
	return {
		...hsmModule(file, asking),
		test: file.testKeys,
		introduce: () => introduce(asking),
	};
}
