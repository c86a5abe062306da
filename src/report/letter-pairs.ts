/**
 * How often one small letter follows another in words: 5 where as often as by chance, one more or less for each doubling or halving,
 * from 0 to 9. A row for each first letter. Counted in the names that Unicode's CLDR has of languages, regions, currencies, scripts,
 * units, days and time zones in 50 languages written in Latin letters (`Intl` of Node 20), accents taken off, every language
 * weighing the same.
 */
const PAIRS = [
  '66674566757889564977655265', // a
  '80206003700400600610613040', // b
  '70216207604221601423500011', // c
  '70046023731224700240502044', // d
  '54556263646768442877544255', // e
  '50004130500200510502300000', // f
  '73016024613422600621633030', // g
  '70006000701233600325501000', // h
  '86666463566769554787453264', // i
  '71124000511001410053500000', // j
  '80106105703341720544634050', // k
  '84247142824632720055621041', // l
  '87307202710032731042501040', // m
  '83587084845334722077532153', // n
  '55444354446768552776564144', // o
  '70006002600100630433510010', // p
  '30000000200000201002500000', // q
  '84467252825455712566734043', // r
  '73607006738523630457644044', // s
  '80307015813413700664620142', // t
  '75455251535657341766443244', // u
  '60026000600202500230200020', // v
  '70005101501001300130000020', // w
  '20002002300000100000000000', // x
  '70335021423333420444410002', // y
  '62005011611203400121400031', // z
] as const

const FIRST = 'a'.charCodeAt(0)
/** Words that are made of fewer letters are a stutter, whatever they are. */
const FEWEST = 6
const LONG = 20
/** The mean over the pairs of a word. The longer the text, the surer the mean; chance alone gives 2.9, words 6. */
const LEAST = 4.2
const LEAST_OF_LONG = 4.6

/**
 * Whether letters look drawn at random: those that stand side by side seldom do in any language's words. Measured on the texts of
 * translated programs in 60 languages, it takes 1 of 800 words of 20 letters and more for random, and 1 of 240 of 10 to 19 (Welsh,
 * mostly). Of random letters it takes for a word 1 of 8 where they are 10, 1 of 14 of 16, 1 of 70 of 20, 1 of 120 of 24, 1 of 350 of 32.
 *
 * @param letters small ones, of a to z alone; of fewer than ten nothing can be said
 */
export const areUnspoken = (letters: string): boolean => {
  if (new Set(letters).size < FEWEST) return false
  let sum = 0
  for (let i = 0; i + 1 < letters.length; i++)
    sum += Number(PAIRS[letters.charCodeAt(i) - FIRST]?.charAt(letters.charCodeAt(i + 1) - FIRST))
  return sum < (letters.length < LONG ? LEAST : LEAST_OF_LONG) * (letters.length - 1)
}
