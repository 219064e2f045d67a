/**
 * The security module that the settings ask for: a hardware one where there is an address, else the software
 * one. Keys of a test and real keys are kept apart by the mode.
 */
import type { Settings } from '../environment.ts';
import type { Log } from '../log.ts';
import { connectHsm } from './hsm/connect.ts';
import type { SecurityModule } from './port.ts';
import { connectSecurityModule } from './process-client.ts';
import { moduleEnvironment, MODULE_FILE } from './spawn-settings.ts';

/** Why a backend with these settings may not start, as a sentence; undefined: it may. */
export function objectionTo({ mode, hsm }: Pick<Settings, 'mode' | 'hsm'>): string | undefined {
	if (mode === 'demo') return undefined;
	return hsm === undefined
		? 'TOKENLINE_MODE=live needs a hardware security module (TOKENLINE_HSM) and a payment provider; here are only a software module and a sandbox, which are for demo'
		: 'TOKENLINE_MODE=live needs a payment provider; here is only a sandbox, which is for demo';
}

/** Why a hardware module with these keys may not be used in this mode; undefined: it may. */
export function objectionToKeys(mode: Settings['mode'], testKeys: boolean): string | undefined {
	if (mode === 'demo' && !testKeys)
		return 'TOKENLINE_MODE=demo takes no hardware module with real keys: its money is not real and its tokens would be';
	if (mode === 'live' && testKeys)
		return 'TOKENLINE_MODE=live takes no hardware module with test keys: no meter of a customer would take its tokens';
	return undefined;
}

/** @throws {Error} with a sentence for the person who started it */
export function openSecurityModule(settings: Settings, log: Log): SecurityModule {
	const answerWithinMs = settings.moduleAnswerWithinMs;
	if (settings.hsm === undefined)
		return connectSecurityModule({
			command: [MODULE_FILE, 'serve'],
			cwd: settings.root,
			environment: moduleEnvironment(settings),
			startWithinMs: settings.moduleStartWithinMs,
			...{ answerWithinMs, log },
		});
	const module = connectHsm({ ...settings.hsm, answerWithinMs, log });
	const objection = objectionToKeys(settings.mode, module.test);
	if (objection !== undefined) throw new Error(objection);
	void module.introduce();
	return module;
}
