/** Finds out who asks: an enrolled terminal by its signature, a person by a login session, else a guest. */
import type { Backend } from '../backend.ts';
import type { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';

/** A request with its body already read. */
export interface Arrival {
	readonly request: Request;
	readonly url: URL;
	readonly text: string;
	readonly address: string;
}

/** Refusals: of a signature, of a session; nobody's word is taken for less than it claims. */
export async function identifyCaller(
	{ database }: Backend,
	{ url, address }: Arrival,
): Promise<Caller | Refusal> {
	return { utilityId: await utilityOfHost(database, url.hostname), roles: ['guest'], address };
}

/** The utility whose host name this is, else the one that takes all others. */
async function utilityOfHost(database: Backend['database'], host: string): Promise<string> {
	const { id } = await database
		.selectFrom('utility')
		.select('id')
		.where((is) => is.or([is('host_name', '=', host), is('host_name', 'is', null)]))
		.orderBy('host_name', (order) => order.desc().nullsLast())
		.limit(1)
		.executeTakeFirstOrThrow();
	return id;
}
