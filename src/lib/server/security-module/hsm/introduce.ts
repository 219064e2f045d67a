/** Who is at the other end of the line, for the log: the module's id and its clock, in its own words. */
import { describeError } from '../../log.ts';
import { isRefusal } from '../../refusal.ts';
import { ask, type Asking } from './ask.ts';
import { encodeRequest } from './message.ts';

const LONGEST = 200;

/** Never throws: a module that does not introduce itself may work all the same. */
export async function introduce(asking: Asking): Promise<void> {
	for (const [command, what] of [
		['DI', 'security-module-id'],
		['CQ', 'security-module-clock'],
	] as const)
		try {
			const said = await ask(asking, command, encodeRequest(command, []), ({ fields }) => ({
				text: fields
					.map(({ value }) => value)
					.join(' ')
					.slice(0, LONGEST),
			}));
			if (!isRefusal(said)) asking.log('info', what, said);
		} catch (error) {
			asking.log('warn', 'security-module-silent', describeError(error));
		}
}
