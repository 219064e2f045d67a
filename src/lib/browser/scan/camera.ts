/** The camera at the back of the device, shown in a video until it is let go. */
import { openCodeReader, type CodeReader } from './code-reader.ts';
import { ScanFault, scanFaultOf } from './scan-fault.ts';

/** Whether the browser knows cameras at all; one may still be missing. */
export function hasCamera(): boolean {
	return typeof navigator !== 'undefined' && 'mediaDevices' in navigator;
}

/** Between two looks: a person holds a code for half a second at least. */
const LOOK_EVERY_MS = 150;

/**
 * Looks through the camera until a code is in sight, and says its text. It goes on looking, so that who is
 * shown the wrong one can be shown another.
 * @returns what lets the camera go
 * @throws {ScanFault}
 */
export async function startScan(
	video: HTMLVideoElement,
	found: (text: string) => void,
): Promise<() => void> {
	if (!hasCamera()) throw new ScanFault('no-support');
	// The reader first: without it nobody is asked for the camera, and none is left open.
	const reader = await openCodeReader();
	const stream = await openStream();
	const release = () => stream.getTracks().forEach((track) => track.stop());
	try {
		video.srcObject = stream;
		await video.play();
	} catch (error) {
		release();
		throw scanFaultOf(error);
	}
	const stop = lookAgainAndAgain(video, reader, found);
	return () => {
		stop();
		release();
		video.srcObject = null;
	};
}

async function openStream(): Promise<MediaStream> {
	try {
		return await navigator.mediaDevices.getUserMedia({
			audio: false,
			video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } },
		});
	} catch (error) {
		throw scanFaultOf(error);
	}
}

function lookAgainAndAgain(
	video: HTMLVideoElement,
	reader: CodeReader,
	found: (text: string) => void,
): () => void {
	let isOver = false;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const look = async (): Promise<void> => {
		const text = await reader.read(video).catch(() => undefined);
		if (isOver) return;
		if (text !== undefined) found(text);
		timer = setTimeout(() => void look(), LOOK_EVERY_MS);
	};
	void look();
	return () => {
		isOver = true;
		clearTimeout(timer);
	};
}
