/** What can be said of an order before a port is opened: nothing is begun that must fail. */
import { secretsNeeded } from '#lib/core/dlms/profile/client-connection.ts';
import { suiteOf, SYSTEM_TITLE_OCTETS } from '#lib/core/dlms/security/suite.ts';
import type { Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import { chooseOpening } from './choose-opening.ts';
import type { ConnectFailure, ConnectOrder } from './connect-order.ts';

/** The opening to take, or why there is no sense in beginning. */
export function checkOrder(order: ConnectOrder): { opening: Opening } | ConnectFailure {
	const { profile, secrets, port } = order;
	const missing = secretsNeeded(profile).filter((name) => secrets[name] === undefined);
	if (missing.length > 0) return { kind: 'failed', why: 'secrets-missing', missing };
	if (!secretsFit(order)) return { kind: 'failed', why: 'secrets-unfit' };
	const opening = order.opening ?? chooseOpening(profile.openings, port.medium);
	return opening ? { opening } : { kind: 'failed', why: 'no-opening' };
}

/** Whether keys and title have the lengths of the suite: a person may have typed them. */
function secretsFit({ profile, secrets, client }: ConnectOrder): boolean {
	const { keyOctets } = suiteOf(profile.suite);
	const { keys } = secrets;
	const all = keys ? [keys.unicast, keys.authentication, keys.dedicated, keys.broadcast] : [];
	return (
		client.systemTitle.length === SYSTEM_TITLE_OCTETS &&
		all.every((key) => key === undefined || key.length === keyOctets)
	);
}
