/** The backend as a whole: what every function of it is given, and how it is put together. */
import { readFileSync } from 'node:fs';
import { openRootKey } from './audit/root-signature.ts';
import { auditRounds } from './audit/rounds.ts';
import { startBackground } from './background.ts';
import { guardedModule } from './continuity/guarded-module.ts';
import { openMarks } from './continuity/marks.ts';
import { openPermit, type Permit } from './continuity/permit.ts';
import { continuityRounds } from './continuity/rounds.ts';
import { systemClock, type Clock } from './clock.ts';
import type { AccessSettings } from './access/settings.ts';
import { closeFleeting, openFleeting, type Fleeting } from './database/fleeting.ts';
import type { Database } from './database/open.ts';
import { openSecretSeal, type SecretSeal } from './dlms-secret/secret-seal.ts';
import { makeDuty, type Duty } from './duty.ts';
import type { Settings } from './environment.ts';
import type { FetchSettings } from './fetch/settings.ts';
import type { FieldSettings } from './field/settings.ts';
import { makeLog, type Log } from './log.ts';
import { measuredModule } from './measure/measured-module.ts';
import { makeMeasure, type Measure } from './measure/measure.ts';
import type { MessageProvider } from './message/port.ts';
import { sandboxMessenger } from './message/sandbox-messenger.ts';
import type { PaymentProvider } from './payment/port.ts';
import { sandboxProvider } from './payment/sandbox-provider.ts';
import { openPushKey, type PushKey } from './push/push-key.ts';
import type { PushSettings } from './push/settings.ts';
import { openHome, prepareHome } from './prepare-home.ts';
import { objectionTo, openSecurityModule } from './security-module/open-module.ts';
import type { SecurityModule } from './security-module/port.ts';
import { openSaleKey, type SaleKey } from './till/sale-key.ts';
import type { TillSettings } from './till/settings.ts';
import { roundsOf } from './rounds.ts';

export interface Backend {
	readonly database: Database;
	/** Counts and nonces: shared by all nodes, kept by none. */
	readonly fleeting: Fleeting;
	readonly access: AccessSettings;
	readonly clock: Clock;
	readonly securityModule: SecurityModule;
	readonly provider: PaymentProvider;
	readonly messenger: MessageProvider;
	readonly webhookSecret: Uint8Array;
	/** What one-time codes and the like are derived from. The same on every node. */
	readonly homeSecret: Uint8Array;
	/** Seals DLMS secrets for the database. The same on every node. */
	readonly secretSeal: SecretSeal;
	/** Opens what tills sealed at the tap. The same on every node. */
	readonly saleKey: SaleKey;
	readonly field: FieldSettings;
	readonly till: TillSettings;
	readonly fetch: FetchSettings;
	/** Signs what goes to push services. The same on every node. */
	readonly pushKey: PushKey;
	readonly push: PushSettings;
	readonly log: Log;
	readonly measure: Measure;
	readonly duty: Duty;
	/** Whether anything may be issued on this database at all. */
	readonly permit: Permit;
	/** Who may read `/metrics` from elsewhere; absent: nobody. */
	readonly metricsToken?: string;
}

export interface RunningBackend extends Backend {
	/** Lets what is under way come to its end, within a bound, and gives everything back. */
	close(): Promise<void>;
}

/** A request waits for the security module's answer and two transactions; longer than this none is waited for. */
const REQUESTS_END_WITHIN_MS = 15_000;

/** Prepares, opens and starts. @throws {Error} with a sentence for the person who started it */
export async function startBackend(
	settings: Settings,
	clock: Clock = systemClock,
	log: Log = makeLog((line) => process.stderr.write(line), clock.nowMs),
): Promise<RunningBackend> {
	const objection = objectionTo(settings);
	if (objection !== undefined) throw new Error(objection);
	const database = openHome(settings, (note) => log('warn', 'database-set-aside', { note }));
	const nowMs = clock.nowMs();
	await prepareHome(settings, database, { beginsMs: nowMs, todayMs: nowMs }, () => undefined);
	const measure = makeMeasure();
	const duty = makeDuty();
	const securityModule = openSecurityModule(settings, log);
	const marks = openMarks(settings.paths.marks);
	marks.enter(process.pid);
	const permit = await openPermit({ database, marks, clock, log });
	const backend: Backend = {
		database,
		fleeting: await openFleeting(database, settings.paths.fleeting),
		access: settings.access,
		clock,
		securityModule: guardedModule(measuredModule(securityModule, measure), permit),
		provider: sandboxProvider(database, clock),
		messenger: sandboxMessenger(database, clock),
		webhookSecret: readFileSync(settings.paths.webhookSecret),
		homeSecret: readFileSync(settings.paths.homeSecret),
		secretSeal: openSecretSeal(settings.paths.dlmsSecretKey),
		saleKey: await openSaleKey(settings.paths.saleKey),
		pushKey: await openPushKey(settings.paths.pushKey, settings.push.contact),
		...{ field: settings.field, till: settings.till },
		...{ fetch: settings.fetch, push: settings.push },
		...{ log, measure, duty, permit },
		...(settings.metricsToken !== undefined && { metricsToken: settings.metricsToken }),
	};
	// Started now rather than with the first sale; one that cannot start is told of by /readyz.
	securityModule.usage({ after: 0 }).catch(() => undefined);
	const background = startBackground({ log, measure }, [
		...continuityRounds(backend, marks),
		...auditRounds(backend, openRootKey(settings.paths.auditKey)),
		...roundsOf(backend, settings),
	]);
	return {
		...backend,
		async close() {
			duty.stop();
			const ended = await duty.idle(REQUESTS_END_WITHIN_MS);
			log(ended ? 'info' : 'warn', 'stopping', { requestsEnded: ended });
			await background.stop();
			await securityModule.close();
			await closeFleeting(backend.fleeting);
			await database.destroy();
			marks.leave(process.pid);
			marks.close();
		},
	};
}
