/** Signing in, for everybody who works for the utility. */
export const signIn = {
	login: 'Name',
	password: 'Password',
	submit: 'Sign in',
	or: 'or',
	passkey: 'Sign in with a passkey',
	noPasskey: 'No passkey was used. Sign in with name and password.',
	noAnswer: {
		title: 'No answer',
		detail: 'The service has not answered. Nothing was done. Try again.',
	},
	/** For the help line. */
	code: (code: string) => `Code ${code}`,
};
