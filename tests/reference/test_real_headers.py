"""Header lines of real files: what is recognized of each. Nothing may be recognized wrongly.

Lines of published files, of states' lists, of plans and of hospitals. Whatever is not named on the
right is not used; a word that is new in the table of headers shows here what else it catches. What is
expected was worked out by hand, from what the publishers say of their columns.
"""

import re

import pytest

from credcheck.setup.propose import find_schema
from credcheck.tables import ReadOptions, TableOptions
from credcheck.tables.columns import bind_columns

CASES = """
roster
  NPI,Last Name,First Name,State
  npi=NPI; last_name=Last Name; first_name=First Name; state=State
roster
  NPI Number,Provider Last Name,Provider First Name,Provider Middle Name,Suffix,Degree,Specialty
  npi=NPI Number; last_name=Provider Last Name; first_name=Provider First Name; middle_name=Provider Middle Name; suffix=Suffix
roster
  Individual NPI,Group NPI,Practitioner Last Name,Practitioner First Name,CAQH ID,TIN,State License Number,State License State
  npi=Individual NPI; last_name=Practitioner Last Name; first_name=Practitioner First Name; license_number=State License Number; license_state=State License State
roster
  Type 1 NPI,Type 2 NPI,Provider Name,Practice Name,Address 1,City,State,Zip
  npi=Type 1 NPI; name=Provider Name; city=City; state=State
roster
  Provider NPI,Organization NPI,LAST_NAME,FIRST_NAME,MI,DOB,SSN
  npi=Provider NPI; last_name=LAST_NAME; first_name=FIRST_NAME; middle_name=MI
roster
  Rendering NPI,Billing NPI,Physician Name,Taxonomy
  npi=Rendering NPI; name=Physician Name
roster
  Nat'l Provider Identifier,Lname,Fname,Mname
  npi=Nat'l Provider Identifier; last_name=Lname; first_name=Fname; middle_name=Mname
roster
  NPI #,Dr. Last Name,Dr. First Name,Clinic
  npi=NPI #; last_name=Dr. Last Name; first_name=Dr. First Name
roster
  National Provider Identifier (NPI),Last Name (Legal),First Name (Legal),Suffix (Jr.; Sr.; III)
  npi=National Provider Identifier (NPI); last_name=Last Name (Legal); first_name=First Name (Legal); suffix=Suffix (Jr.; Sr.; III)
roster
  Ind_PAC_ID,NPI,Ind_enrl_ID,Provider Last Name,Provider First Name,Provider Middle Name,suff,gndr,Cred,Facility Name,org_pac_id,City/Town,State,ZIP Code
  npi=NPI; last_name=Provider Last Name; first_name=Provider First Name; middle_name=Provider Middle Name; suffix=suff; city=City/Town; state=State
roster
  lst_nm,frst_nm,mid_nm,NPI,org_nm,cty,st,zip,phn_numbr
  last_name=lst_nm; first_name=frst_nm; middle_name=mid_nm; npi=NPI; city=cty; state=st
roster
  NPI,MULTIPLE_NPI_FLAG,PECOS_ASCT_CNTL_ID,ENRLMT_ID,PROVIDER_TYPE_CD,PROVIDER_TYPE_DESC,STATE_CD,FIRST_NAME,MDL_NAME,LAST_NAME,ORG_NAME
  npi=NPI; state=STATE_CD; first_name=FIRST_NAME; middle_name=MDL_NAME; last_name=LAST_NAME
roster
  First Name,Last Name,NPI,Specialty,Optout Effective Date,Optout End Date,First Line Street Address,City Name,State Code,Zip code,Eligible to Order and Refer,Last updated
  first_name=First Name; last_name=Last Name; npi=NPI; city=City Name; state=State Code
roster
  First_Name,Middle_Name,Last_Name,Suffix,License_Type,License_Sub_Type,License_Number,Limited_Suffix,Address_1,City,State,Zip,Telephone,Fax,Expiration_Date,Date_Issued,Status
  first_name=First_Name; middle_name=Middle_Name; last_name=Last_Name; suffix=Suffix; license_number=License_Number; city=City; state=State
roster
  Employee ID,Employee Name,NPI,Supervising Physician NPI,Department
  id=Employee ID; name=Employee Name; npi=NPI
roster
  Referring Provider NPI,Rendering Provider NPI,Patient Name,Date of Service
  npi=Rendering Provider NPI
roster
  Provider ID,Provider Name,PECOS ID,Medicaid ID
  id=Provider ID; name=Provider Name
roster
  Member Number,Full Name,Identifier (NPI)
  name=Full Name; npi=Identifier (NPI)
roster
  Id,Prefix,First,Middle,Last,Suffix,NPI
  id=Id; first_name=First; middle_name=Middle; last_name=Last; suffix=Suffix; npi=NPI
roster
  Id,ORGANIZATION,NAME,GENDER,SPECIALITY,ADDRESS,CITY,STATE,ZIP,LAT,LON,ENCOUNTERS,PROCEDURES,NPI
  id=Id; name=NAME; city=CITY; state=STATE; npi=NPI
roster
  NPI Number ,Physician Last Name,Physician First Name,License #,License State,Board Certification Number,Board Certification Expiration Date
  npi=NPI Number; last_name=Physician Last Name; first_name=Physician First Name; license_number=License #; license_state=License State
listing exclusion
  First Name, Last Name or Entity Name, Birthdate, Affiliated Entity, Title or Provider Type, NPI#, Reason for Exclusion, Type of Exclusion, Period of Exclusion, Effective Date, Reason for Termination, Period of Enrollment Prohibition, Reinstate, State and Zip
  first_name=First Name; last_name=Last Name or Entity Name; npi=NPI#; exclusion_type=Type of Exclusion; excluded_on=Effective Date; reinstated_on=Reinstate
listing exclusion
  Status,NAM_LAST_PROVR,NAM_FIRST_PROVR,NAM_MIDDLE_PROVR,NAM_SUFFIX_PROVR,NAM_TITLE_PROVR,NAM_PROVR_ALT,NAM_BUSNS_MP,IDN_NPI,LicenseNumber,NBR_FEIN,CAO,BeginDate,EndDate,ListDate
  last_name=NAM_LAST_PROVR; first_name=NAM_FIRST_PROVR; middle_name=NAM_MIDDLE_PROVR; suffix=NAM_SUFFIX_PROVR; npi=IDN_NPI; license_number=LicenseNumber; excluded_on=BeginDate; ends_on=EndDate
listing exclusion
  Last Name,First Name,NPI,Effective Date,Reason
  last_name=Last Name; first_name=First Name; npi=NPI; excluded_on=Effective Date; reason=Reason
listing exclusion
  Provider Name,License Num,NPI Num,Provider Type,Exclusion Effective Date
  name=Provider Name; license_number=License Num; npi=NPI Num; excluded_on=Exclusion Effective Date
listing exclusion
  CompanyName,LastName,FirstName,MidInitial,Occupation,LicenseNumber,NPI,StartDate,AddDate,ReinstatedDate,WebComments
  business_name=CompanyName; last_name=LastName; first_name=FirstName; middle_name=MidInitial; license_number=LicenseNumber; npi=NPI; excluded_on=StartDate; reinstated_on=ReinstatedDate
listing exclusion
  Status,Provider Type,Last Name,First Name,Middle Name,Organization Name,NPI,Provider ID,DOB,Address 1,Address 2,City,State,Zip Code,Action Date
  last_name=Last Name; first_name=First Name; middle_name=Middle Name; business_name=Organization Name; npi=NPI; city=City; state=State; excluded_on=Action Date
listing exclusion
  LAST NAME,FIRST NAME,MIDDLE NAME,BUSINESS NAME,GENERAL,STATE,SANCDATE,NPI
  last_name=LAST NAME; first_name=FIRST NAME; middle_name=MIDDLE NAME; business_name=BUSINESS NAME; state=STATE; excluded_on=SANCDATE; npi=NPI
listing exclusion
  First Name,Last Name or Practice Name,NPI,License,Effective Date,Reason for Term/Exclusion,Timeframe of Term/Exclusion
  first_name=First Name; last_name=Last Name or Practice Name; npi=NPI; license_number=License; excluded_on=Effective Date
listing exclusion
  Name,NPI or P1,License,Action,Date of Exclusion
  name=Name; license_number=License; excluded_on=Date of Exclusion
listing exclusion
  Individual/Entity,NPI,Last Known Profession/Provider Type,City,State,Zip,Excluded/Terminated,Action Date
  name=Individual/Entity; npi=NPI; city=City; state=State; excluded_on=Action Date
listing exclusion
  Unique ID,Provider Name,National Provider Identifier (NPI),Provider Type,Suspension/Exclusion Effective Date,Suspension/Exclusion Reason
  name=Provider Name; npi=National Provider Identifier (NPI); excluded_on=Suspension/Exclusion Effective Date
listing exclusion
  Provider Name,Title,NPI Number,Street,City,State,Zip,Action,Effective Date,Expiration Date
  name=Provider Name; npi=NPI Number; city=City; state=State; excluded_on=Effective Date
listing exclusion
  Sanctioned Provider Name,NPI,License,Effective Date,Reinstated Date
  name=Sanctioned Provider Name; npi=NPI; license_number=License; excluded_on=Effective Date; reinstated_on=Reinstated Date
listing exclusion
  Last Name,First Name,Middle Name,A/K/A,Address(es),Provider Type,License Number,Provider Number,Date of Suspension,Active Period
  last_name=Last Name; first_name=First Name; middle_name=Middle Name; license_number=License Number; excluded_on=Date of Suspension
listing exclusion
  Classification,Name,Prefix,First,Middle,Last,Suffix,Address 1,City,State / Province,Zip Code,Unique Entity ID,Exclusion Program,Excluding Agency,CT Code,Exclusion Type,Additional Comments,Active Date,Termination Date,Record Status,CAGE,NPI,Creation_Date
  name=Name; first_name=First; middle_name=Middle; last_name=Last; suffix=Suffix; city=City; state=State / Province; exclusion_type=Exclusion Type; excluded_on=Active Date; npi=NPI
listing exclusion
  ENRLMT_ID,NPI,FIRST_NAME,MDL_NAME,LAST_NAME,ORG_NAME,MULTIPLE_NPI_FLAG,STATE_CD,PROVIDER_TYPE_DESC,REVOCATION_RSN,REVOCATION_EFCTV_DT,REENROLLMENT_BAR_EXPRTN_DT
  npi=NPI; first_name=FIRST_NAME; middle_name=MDL_NAME; last_name=LAST_NAME; business_name=ORG_NAME; state=STATE_CD; excluded_on=REVOCATION_EFCTV_DT; ends_on=REENROLLMENT_BAR_EXPRTN_DT
listing exclusion
  Provider First Name,Provider Last Name,Provider MI,Provider Type,State Exclusion Start Date
  first_name=Provider First Name; last_name=Provider Last Name; middle_name=Provider MI; excluded_on=State Exclusion Start Date
listing exclusion
  Business Name,Provider Individual First Name,Provider Individual Last Name,National Provider Identifier (NPI),Exclusion/Sanction Effective Date,Exclusion/Sanction Reason
  business_name=Business Name; first_name=Provider Individual First Name; last_name=Provider Individual Last Name; npi=National Provider Identifier (NPI); excluded_on=Exclusion/Sanction Effective Date
board-certificates
  Physician Name,NPI,Certifying Board,Certification,Certification Type,Certification Status,Initial Certification Date,Expiration Date,Meeting MOC Requirements
  name=Physician Name; npi=NPI; board=Certifying Board; certificate=Certification; certificate_type=Certification Type; status=Certification Status; issued=Initial Certification Date; expires=Expiration Date; moc=Meeting MOC Requirements
board-certificates
  ABMS UID,First Name,Last Name,NPI,ABMS Board,Certificate,Certificate Status,Duration,Occurrence,Issue Date,Expire Date,Reverification Date,MOC
  first_name=First Name; last_name=Last Name; npi=NPI; board=ABMS Board; certificate=Certificate; status=Certificate Status; duration=Duration; issued=Issue Date; expires=Expire Date; reverification_date=Reverification Date; moc=MOC
board-certificates
  Last Name,First Name,Board Certified In,Certifying Board Name,Board Certification Status,Board Certification Effective Date,Board Certification Expiration Date,Individual NPI
  last_name=Last Name; first_name=First Name; certificate=Board Certified In; board=Certifying Board Name; status=Board Certification Status; issued=Board Certification Effective Date; expires=Board Certification Expiration Date; npi=Individual NPI
fellowships
  Name,NPI,Fellowship Institution,Fellowship Specialty,Fellowship Start Date,Fellowship End Date,Completion Status
  name=Name; npi=NPI; program_name=Fellowship Institution; specialty=Fellowship Specialty; start_date=Fellowship Start Date; end_date=Fellowship End Date; status=Completion Status
fellowships
  Last Name,First Name,Training Institution,ACGME Program ID,Specialty,Attended From,Attended To,Completed?
  last_name=Last Name; first_name=First Name; program_name=Training Institution; program_code=ACGME Program ID; specialty=Specialty; start_date=Attended From; end_date=Attended To; status=Completed?
training-programs
  Program Number,Program Name,Sponsoring Institution,Specialty,City,State,Accreditation Status,Original Accreditation Date
  program_code=Program Number; name=Program Name; sponsor=Sponsoring Institution; specialty=Specialty; city=City; state=State; status=Accreditation Status; accredited_from=Original Accreditation Date
training-programs
  [Program] Code,Program Title,Specialty,Accredited By,Accreditation Status,Accreditation Effective Date
  program_code=[Program] Code; name=Program Title; specialty=Specialty; accreditor=Accredited By; status=Accreditation Status
roster
  Provider_ID,LName,FName,MName,Degree,NPI,Lic_No,Lic_State,Lic_Exp,DEA,Dept
  id=Provider_ID; last_name=LName; first_name=FName; middle_name=MName; npi=NPI; license_number=Lic_No; license_state=Lic_State
roster
  LastName,FirstName,MidInit,Suffix,PrimarySpecialty,NPINumber,GroupNPI,TaxID,OfficeCity,OfficeState
  last_name=LastName; first_name=FirstName; middle_name=MidInit; suffix=Suffix; npi=NPINumber; city=OfficeCity; state=OfficeState
roster
  Physician (Last; First MI),NPI#,Billing NPI#,Primary Location,Soc. Sec. No.
  name=Physician (Last; First MI); npi=NPI#
roster
  Name,Title,Location,NPI,Medicaid #,Hire Date
  name=Name; npi=NPI
board-certificates
  Practitioner NPI,Practitioner Full Name,Board,Board Specialty,Certified Y/N,Certification Date,Recertification Date,Expiration Date,Verified Date
  npi=Practitioner NPI; name=Practitioner Full Name; board=Board; certificate=Board Specialty; status=Certified Y/N; issued=Certification Date; expires=Expiration Date; verified_on=Verified Date
board-certificates
  NPI,Last Name,First Name,Certifying Board,Certificate Name,Certificate #,Cert Status,Issued,Valid Through,Participating in MOC,License Exp. Date
  npi=NPI; last_name=Last Name; first_name=First Name; board=Certifying Board; certificate=Certificate Name; status=Cert Status; issued=Issued; expires=Valid Through; moc=Participating in MOC
fellowships
  Resident/Fellow Name,NPI,Program,Program ID#,Program Specialty,Entry Date,Graduation Date,Graduated (Y/N),Verified By,Verification Date,Program Director NPI
  name=Resident/Fellow Name; npi=NPI; program_name=Program; program_code=Program ID#; specialty=Program Specialty; start_date=Entry Date; end_date=Graduation Date; status=Graduated (Y/N); verified_by=Verified By; verified_on=Verification Date
training-programs
  ACGME ID,Program Name,Sponsoring Inst.,City,State,Specialty,Accred. Status,Accred. Eff. Date,Init. Accred. Date,Withdrawal Date,Next Site Visit
  program_code=ACGME ID; name=Program Name; sponsor=Sponsoring Inst.; city=City; state=State; specialty=Specialty; status=Accred. Status; accredited_from=Init. Accred. Date; accredited_to=Withdrawal Date
listing exclusion
  Last Name,First Name,NPI,Affiliated NPI,State License Number,Effective Date,Sanction End Date
  last_name=Last Name; first_name=First Name; npi=NPI; license_number=State License Number; excluded_on=Effective Date; ends_on=Sanction End Date
listing exclusion
  Last Name,First Name,MI,Suffix,Date of Birth,NPI,Sanction Type,Termination Effective Date,Termination End Date
  last_name=Last Name; first_name=First Name; middle_name=MI; suffix=Suffix; npi=NPI; exclusion_type=Sanction Type; excluded_on=Termination Effective Date; ends_on=Termination End Date
listing exclusion
  Last Name or Business Name,First Name,Middle Initial,Medicaid Provider ID#,Last Known Program or Provider Type,Exclusion Date,Reinstatement Date
  last_name=Last Name or Business Name; first_name=First Name; middle_name=Middle Initial; excluded_on=Exclusion Date; reinstated_on=Reinstatement Date
"""
"""Three lines a case: the kind, the headers, and what they are read as (ours=theirs)."""

LINES = CASES.strip().splitlines()


@pytest.mark.parametrize(
    ("kind", "headers", "ours"), [LINES[at : at + 3] for at in range(0, len(LINES), 3)]
)
def test_what_is_recognized_of_a_real_header_line(kind: str, headers: str, ours: str) -> None:
    header = [" ".join(each.split()) for each in headers.split(",")]
    found = bind_columns("f", header, find_schema(kind), TableOptions(), ReadOptions())
    expected = dict(each.split("=", 1) for each in re.split(r"; (?=[a-z_]+=)", ours.strip()))
    assert {use.ours: use.header for use in found.uses if use.ours} == expected


def test_there_are_fifty_lines() -> None:
    assert len(LINES) >= 3 * 50
