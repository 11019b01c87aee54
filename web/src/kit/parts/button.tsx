import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Link } from 'wouter'
import classes from './button.module.css'

interface Look {
  /** Beside the one button that does what the page is for, all others are `default`. */
  readonly variant?: 'filled' | 'default' | 'danger'
  readonly size?: 'xs' | 'sm' | 'md'
  readonly leftSection?: ReactNode
}

interface ButtonProps extends Look, Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  /** What it has begun is not done yet. */
  readonly loading?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

const lookOf = ({ variant = 'filled', size = 'sm', leftSection }: Look) => ({
  className: classes.button ?? '',
  'data-variant': variant,
  'data-size': size,
  'data-icon': leftSection ? '' : undefined,
})

export function Button(props: ButtonProps) {
  const { variant, size, leftSection, loading = false, disabled, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      {...lookOf(props)}
      disabled={disabled || loading}
      data-loading={loading || undefined}
    >
      {leftSection}
      {rest.children}
    </button>
  )
}

/** Looks like a button, and leads to another page. */
export function ButtonLink({ href, children, ...look }: Look & { href: string; children: ReactNode }) {
  return (
    <Link href={href} {...lookOf(look)}>
      {look.leftSection}
      {children}
    </Link>
  )
}
