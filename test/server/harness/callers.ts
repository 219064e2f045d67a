/** Everybody who may come, as the headers of their requests: signed in, enrolled, or nobody at all. */
import type { Role } from '#lib/server/access/roles.ts';
import { hashToken, makeToken } from '#lib/server/access/session-token.ts';
import type { Backend } from '#lib/server/backend.ts';
import { STAFF_ROLES, type StaffRole } from '#lib/core/sync/wire-people.ts';
import { employ } from './people.ts';
import { newId } from './shop.ts';
import { enrolledTill } from './till.ts';

/** What a request of theirs carries. @param body its text, empty for none */
export type Sign = (method: string, url: string, body?: string) => Record<string, string>;

type Nodes = Pick<Backend, 'database' | 'clock'>;

const HOUR_MS = 3_600_000;

/** A session of a program: it sends its token, and no cookie with which a page would have to be ours. */
export async function signedIn(
	{ database, clock }: Nodes,
	person: { utilityId: string; operatorId?: string; phone?: string },
): Promise<Sign> {
	const token = makeToken();
	const nowMs = clock.nowMs();
	await database
		.insertInto('login_session')
		.values({
			...{ id: newId(), carrier: 'bearer', token_hash: hashToken(token) },
			...{ previous_token_hash: null, rotated_at_ms: nowMs, token_used_at_ms: nowMs },
			...{ utility_id: person.utilityId, operator_id: person.operatorId ?? null },
			...{ phone: person.phone ?? null, created_at_ms: nowMs, used_at_ms: nowMs },
			...{ expires_at_ms: nowMs + HOUR_MS, ended_at_ms: null },
		})
		.execute();
	return () => ({ authorization: `Bearer ${token}` });
}

/** An operator with these roles, signed in. */
export async function staff(
	nodes: Nodes,
	roles: readonly StaffRole[],
	place: { utilityId: string; vendorId: string },
): Promise<Sign> {
	const sells = roles.some((role) => ['agent', 'vendor-manager'].includes(role));
	const { operatorId } = await employ(nodes, {
		login: `somebody-${newId()}`,
		roles,
		utilityId: place.utilityId,
		vendorId: sells ? place.vendorId : null,
	});
	return await signedIn(nodes, { utilityId: place.utilityId, operatorId });
}

/** One caller of each role; a guest's utility is that of the host asked. */
export async function everybody(
	nodes: Nodes,
	place: { utilityId: string; vendorId: string; terminalId: string; phone: string },
): Promise<Record<Role, Sign>> {
	const till = await enrolledTill(nodes, place.terminalId, {
		id: place.vendorId,
		utilityId: place.utilityId,
	});
	const staffed = await Promise.all(
		STAFF_ROLES.map(async (role) => [role, await staff(nodes, [role], place)] as const),
	);
	return {
		guest: () => ({}),
		consumer: await signedIn(nodes, place),
		terminal: (method, url, body) => till.headers(method, url, body),
		...(Object.fromEntries(staffed) as Record<StaffRole, Sign>),
	};
}
