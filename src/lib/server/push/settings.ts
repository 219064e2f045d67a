/** Where pushes may go, and who answers for them. */

export interface PushSettings {
	/**
	 * Hosts of push services, and all below them. An endpoint is whatever a browser says it is: without this
	 * list anybody could have this server call any address.
	 */
	readonly hosts: readonly string[];
	/** The demo's tests have a push service of their own, on loopback and without TLS. */
	readonly loopback: boolean;
	/** `TOKENLINE_PUSH_CONTACT`: where a push service's people write to. */
	readonly contact: string;
}

/** Of Chromium and what is made of it, Firefox, Safari, Edge on Windows. */
const KNOWN_HOSTS = [
	...['fcm.googleapis.com', 'push.services.mozilla.com'],
	...['push.apple.com', 'notify.windows.com'],
];

const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

/**
 * `TOKENLINE_PUSH_HOSTS`: more hosts, with commas between.
 * @throws {Error} with a sentence that names the variable
 */
export function readPushSettings(
	environment: Readonly<Record<string, string | undefined>>,
	mode: 'demo' | 'live',
): PushSettings {
	const { TOKENLINE_PUSH_HOSTS: more = '', TOKENLINE_PUSH_CONTACT: contact } = environment;
	const added = more.split(',').filter((host) => host !== '');
	const wrong = added.find((host) => !HOST.test(host));
	if (wrong !== undefined)
		throw new Error(`TOKENLINE_PUSH_HOSTS must be host names, not ${JSON.stringify(wrong)}`);
	if (contact !== undefined && !/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(contact))
		throw new Error(
			`TOKENLINE_PUSH_CONTACT must be a mailto: or https: address, not ${JSON.stringify(contact)}`,
		);
	return {
		hosts: [...KNOWN_HOSTS, ...added],
		loopback: mode === 'demo',
		contact: contact ?? ownAddress(environment.ORIGIN),
	};
}

/** Some push services refuse a token without an address that looks like one. */
const ownAddress = (origin = ''): string =>
	origin.startsWith('https://') ? origin : 'mailto:nobody@tokenline.invalid';
