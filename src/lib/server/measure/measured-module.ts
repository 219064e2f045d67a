/** The security module with a stopwatch beside it. */
import type { SecurityModule } from '../security-module/port.ts';
import type { Measure } from './measure.ts';

/** The same module; how long each call took and how it ended is measured. */
export function measuredModule<Module extends SecurityModule>(
	module: Module,
	measure: Measure,
): Module {
	return new Proxy(module, {
		get(target, name: string, receiver) {
			const call: unknown = Reflect.get(target, name, receiver);
			if (typeof call !== 'function' || !MEASURED.has(name)) return call;
			return async (...order: unknown[]) => {
				const began = performance.now();
				const ended = (outcome: 'made' | 'refused' | 'fault') =>
					measure.module(name, outcome, (performance.now() - began) / 1_000);
				try {
					const answer = (await call.apply(target, order)) as object;
					ended('refusal' in answer ? 'refused' : 'made');
					return answer;
				} catch (error) {
					ended('fault');
					throw error;
				}
			};
		},
	});
}

const MEASURED: ReadonlySet<string> = new Set<keyof SecurityModule>([
	'issueCredit',
	'issueManagement',
	'issueKeyChange',
	'verifyToken',
	'decoderKey',
	'attributes',
	'usage',
]);
