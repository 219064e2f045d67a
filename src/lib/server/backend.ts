/** The backend as a whole: what every function of it is given, and how it is put together. */
import { readFileSync } from 'node:fs';
import { startBackground } from './background.ts';
import { systemClock, type Clock } from './clock.ts';
import type { AccessSettings } from './access/settings.ts';
import { closeFleeting, openFleeting, type Fleeting } from './database/fleeting.ts';
import { openDatabase, type Database } from './database/open.ts';
import type { Settings } from './environment.ts';
import { makeLog, type Log } from './log.ts';
import type { PaymentProvider } from './payment/port.ts';
import { sandboxProvider } from './payment/sandbox-provider.ts';
import { prepareHome } from './prepare-home.ts';
import type { SecurityModule } from './security-module/port.ts';
import { connectSecurityModule } from './security-module/process-client.ts';
import { moduleEnvironment, MODULE_FILE } from './security-module/spawn-settings.ts';
import { roundsOf } from './rounds.ts';

export interface Backend {
	readonly database: Database;
	/** Counts and nonces: shared by all nodes, kept by none. */
	readonly fleeting: Fleeting;
	readonly access: AccessSettings;
	readonly clock: Clock;
	readonly securityModule: SecurityModule;
	readonly provider: PaymentProvider;
	readonly webhookSecret: Uint8Array;
	readonly log: Log;
}

export interface RunningBackend extends Backend {
	/** Lets what is under way come to its end. */
	close(): Promise<void>;
}

/** Prepares, opens and starts. @throws {Error} with a sentence for the person who started it */
export async function startBackend(
	settings: Settings,
	clock: Clock = systemClock,
	log: Log = makeLog((line) => process.stderr.write(line), clock.nowMs),
): Promise<RunningBackend> {
	if (settings.mode === 'live')
		throw new Error(
			'TOKENLINE_MODE=live needs a hardware security module and a payment provider; here are only a software module and a sandbox, which are for demo',
		);
	const database = openDatabase(settings.paths.database);
	await prepareHome(settings, database, clock.nowMs(), () => undefined);
	const securityModule = connectSecurityModule({
		command: [MODULE_FILE, 'serve'],
		cwd: settings.root,
		environment: moduleEnvironment(settings),
		answerWithinMs: settings.moduleAnswerWithinMs,
		log,
	});
	const backend: Backend = {
		database,
		fleeting: await openFleeting(database, settings.paths.fleeting),
		access: settings.access,
		clock,
		securityModule,
		provider: sandboxProvider(database, clock),
		webhookSecret: readFileSync(settings.paths.webhookSecret),
		log,
	};
	// Started now rather than with the first sale; one that cannot start is told of by /readyz.
	securityModule.usage({ after: 0 }).catch(() => undefined);
	const background = startBackground(log, roundsOf(backend, settings));
	return {
		...backend,
		async close() {
			await background.stop();
			await securityModule.close();
			await closeFleeting(backend.fleeting);
			await database.destroy();
		},
	};
}
