import icon from '../icon.svg'
import classes from './shell.module.css'

export function Brand() {
  return (
    <div className={classes.brand}>
      <img src={icon} alt="" width={28} height={28} />
      <span>TimeTrack</span>
    </div>
  )
}
