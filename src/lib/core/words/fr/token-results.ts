/** In French: see `en/token-results.ts`. */
import type { Words } from '../catalogue.ts';
import { withDisplays, type TokenResultFacts } from '../token-result-words.ts';

export const tokenDone: Words['virtualMeter']['done'] = {
	credited: (added, credit) => `${added} ajoutés. Le compteur contient maintenant ${credit}.`,
	creditCleared: (cleared) => `Le crédit de ${cleared} est effacé.`,
	powerLimitSet: (watts) => `Le compteur coupe désormais au-dessus de ${watts} W.`,
	phaseLimitSet: (watts) => `Les phases peuvent désormais différer de ${watts} W.`,
	tamperCleared: 'L’alarme de fraude est effacée.',
	shown: 'Le compteur montre ce que le jeton de test demandait.',
};

const sectionTaken = ({ missing }: TokenResultFacts): string =>
	missing === ''
		? 'La clé de ce compteur a changé. Les jetons créés sous l’ancienne clé ne marchent plus.'
		: `Saisissez aussi la partie ${missing}. La clé change quand toutes les parties y sont.`;

export const tokenResults: Words['virtualMeter']['results'] = withDisplays({
	Accept: { title: 'Accepté', detail: () => 'Le compteur a pris le jeton.' },
	'1stKCT': { title: 'Changement de clé\u00a0: partie 1 prise', detail: sectionTaken },
	'2ndKCT': { title: 'Changement de clé\u00a0: partie 2 prise', detail: sectionTaken },
	'3rdKCT': { title: 'Changement de clé\u00a0: partie 3 prise', detail: sectionTaken },
	'4thKCT': { title: 'Changement de clé\u00a0: partie 4 prise', detail: sectionTaken },
	OverflowError: {
		title: 'Le compteur est trop plein',
		detail: () =>
			'Il ne peut pas contenir autant de crédit en plus. Le jeton n’a pas été utilisé\u00a0: saisissez-le à nouveau quand une partie du crédit sera consommée.',
	},
	KeyTypeError: {
		title: 'Changement de clé non permis',
		detail: () => 'Le compteur ne peut pas passer de son type de clé au nouveau. Rien n’a changé.',
	},
	FormatError: {
		title: 'Pas un jeton',
		detail: () =>
			'Aucun jeton ne ressemble à ces chiffres. Comparez-les au papier et saisissez-les à nouveau.',
	},
	RangeError: {
		title: 'Valeur hors limites',
		detail: () => 'Le jeton porte une valeur que ce compteur ne prend pas. Il n’a pas été utilisé.',
	},
	FunctionError: {
		title: 'Impossible avec ce compteur',
		detail: () => 'Le jeton demande ce que ce compteur ne sait pas faire. Il n’a pas été utilisé.',
	},
	OldError: {
		title: 'Trop ancien',
		detail: () =>
			'Le jeton est plus ancien que le plus ancien dont le compteur se souvient\u00a0; il n’est plus accepté. Saisissez les plus anciens d’abord. Si celui-ci n’a jamais servi, appelez l’assistance.',
	},
	UsedError: {
		title: 'Déjà utilisé',
		detail: ({ credit }) =>
			`Le compteur a déjà pris ce jeton. Rien n’est ajouté maintenant\u00a0; il contient ${credit}.`,
	},
	KeyExpiredError: {
		title: 'Expiré',
		detail: () =>
			'La clé sous laquelle ce jeton a été créé a expiré. Demandez à la compagnie le changement de clé, puis un nouveau jeton.',
	},
	DDTKError: {
		title: 'Le compteur a encore sa clé d’usine',
		detail: () =>
			'Il n’accepte du crédit qu’après son changement de clé. Saisissez d’abord les jetons de changement de clé\u00a0; celui-ci n’a pas été utilisé.',
	},
	CRCError: {
		title: 'Pas pour ce compteur, ou mal saisi',
		detail: () =>
			'Comparez le numéro du compteur et chaque chiffre au papier, puis saisissez le jeton à nouveau.',
	},
	MfrCodeError: {
		title: 'Pour une autre marque de compteur',
		detail: () =>
			'Ce jeton de test est pour les compteurs d’un autre fabricant. Rien n’a été fait.',
	},
	Lockout: {
		title: 'Bloqué pour l’instant',
		detail: () =>
			'Après des saisies fausses, le compteur n’accepte aucun jeton pendant un moment. Celui-ci n’a pas été examiné et reste bon.',
	},
});
