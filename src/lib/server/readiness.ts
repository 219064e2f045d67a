/** Whether this process can sell: the database answers and the security module has the keys it is to have. */
import type { Backend } from './backend.ts';
import { isRefusal, type Refusal } from './refusal.ts';

/** Refusals, in order: `stopping`, `database-older`, `vending-key-unknown`. @throws {Fault} `security-module-unavailable` */
export async function readiness({
	database,
	securityModule,
	duty,
	permit,
}: Backend): Promise<{ status: 'ready' } | Refusal> {
	if (duty.stopping) return { refusal: 'stopping' };
	const older = permit.refusal();
	if (older !== undefined) return older;
	const keys = await database.selectFrom('supply_group_key').select('slot').execute();
	for (const { slot } of keys) {
		const attributes = await securityModule.attributes(slot);
		if (isRefusal(attributes)) return attributes;
	}
	return { status: 'ready' };
}
