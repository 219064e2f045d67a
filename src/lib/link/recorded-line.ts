/** A line that is listened to: everything that passes on it goes to a recorder as well. */
import type { LineRecorder } from '#lib/core/field/frame-log/line-recorder.ts';
import type { Line } from './line.ts';
import type { Timer } from './transport.ts';

/** `line`, with `recorder` told of each octet at the moment we have it, or give it away. */
export function recordedLine(line: Line, recorder: LineRecorder, timer: Timer): Line {
	return {
		receive: async () => {
			const octets = await line.receive();
			if (octets) recorder.heard('in', octets, timer.nowMs());
			return octets;
		},
		send: (octets) => {
			recorder.heard('out', octets, timer.nowMs());
			return line.send(octets);
		},
		configure: (settings) => line.configure(settings),
		close: async () => {
			recorder.end(timer.nowMs());
			await line.close();
		},
	};
}
