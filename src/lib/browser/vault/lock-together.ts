/** One word for all tabs: what a person locks, or the office switches off, is locked in each of them. */
import type { Vault } from './vault.ts';

export interface TabChannel {
	/** Tells every other tab. */
	tell(owner: string): void;
	/** Calls back with what another tab told; the function it gives ends it. */
	onTold(callBack: (owner: string) => void): () => void;
}

/** The tabs of this browser. */
export function openTabChannel(name = 'tokenline-vault'): TabChannel {
	const channel = new BroadcastChannel(name);
	return {
		tell: (owner) => channel.postMessage(owner),
		onTold(callBack) {
			channel.onmessage = ({ data }: MessageEvent<unknown>) => {
				if (typeof data === 'string') callBack(data);
			};
			return () => channel.close();
		},
	};
}

/** Locks with the others from now on. Idleness is each tab's own, and told to nobody. */
export function lockTogether(
	vault: Pick<Vault, 'owner' | 'lock'>,
	tabs: TabChannel,
): { lock(): void; stop(): void } {
	const stop = tabs.onTold((owner) => {
		if (owner === vault.owner) vault.lock();
	});
	return {
		lock() {
			vault.lock();
			tabs.tell(vault.owner);
		},
		stop,
	};
}
