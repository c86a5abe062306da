import type { DiagnosisRule } from './diagnosis.ts'

/** Every diagnosis there is. */
export const diagnoses: readonly DiagnosisRule[] = []
