'use client'

export default function Broken() {
  return <p>Something went wrong.</p>
}
